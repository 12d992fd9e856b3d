import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { serveGitHub } from './github-server.js';
import { ShopWorkflow } from './shop-workflow.js';

const rule = (
  id: string,
  column: string,
  type: string,
) => `- metadata: { id: ${id}, severity: high, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [${column}] }
  logic: { type: ${type} }
`;
const rules = `rules:\n${rule('ids_unique', 'id', 'unique')}${rule('emails_there', 'email', 'not_null')}`;
const unmailed = 'id,email\n1,ann@acme.com\n2,\n';
const repeated = 'id,email\n1,ann@acme.com\n1,bob@acme.com\n';

const pull = { pullRequestTo: 'main' } as const;
const main = { push: 'main' } as const;
const permit = 'pull-requests: write';

/** A cache with the report of a later Aegis. */
const keepOther = (path: string) => {
  writeFileSync(join(path, 'report.json'), '{ "schema": "aegis.dev/report/v9" }');
  return {};
};

/** Main has a failing rule, which the pull request mends while it breaks the other. */
const changed = async () => {
  const server = await serveGitHub({ ghs_write: 'write', ghs_read: 'read' });
  const workflow = await ShopWorkflow.create({ 'rules/shop.yaml': rules, 'customers.csv': unmailed }, server);
  await workflow.run(main);
  workflow.write('customers.csv', repeated);
  return { server, workflow };
};

describe('a pull request', () => {
  scenario('action/compared', 'is told what changed since the base branch', async () => {
    const { server, workflow } = await changed();
    const { outputs, summary } = await workflow.run(pull);
    expect(outputs).toMatchObject({ 'newly-failing': '1', fixed: '1', 'comment-url': server.comments[0]?.html_url });
    expect(server.comments).toHaveLength(1);
    const { body } = server.comments[0] ?? { body: '' };
    expect(body).toMatch(/^<!-- aegis-report [0-9a-f]{20} -->\n/);
    expect(body).toContain('## Aegis: 1 newly failing, 1 fixed');
    expect(body).toContain('https://github.com/acme/shop/actions/runs/2');
    expect(summary).toContain('## Aegis: 1 newly failing, 1 fixed');
    expect(summary).toContain('## Aegis: 1 of 2 rules failed');
  });

  scenario('action/compared', 'keeps one comment, which follows its latest run', async () => {
    const { server, workflow } = await changed();
    await workflow.run(pull);
    workflow.write('customers.csv', 'id,email\n1,ann@acme.com\n');
    await workflow.run(pull);
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]?.body).toContain('## Aegis: 1 fixed');
    expect(server.requests.at(-1)).toBe(`PATCH /repos/acme/shop/issues/comments/${server.comments[0]?.id}`);
  });

  scenario('action/compared', 'has a comment of its own for each name', async () => {
    const { server, workflow } = await changed();
    for (const name of ['eu', 'us']) await workflow.run(pull, { with: { name } });
    expect(server.comments.map(({ body }) => body.match(/\*\*(\w+)\*\*/)?.[1])).toEqual(['eu', 'us']);
  });

  scenario('action/no-baseline', 'is told the whole report, and that there is none to compare with', async () => {
    const { server, workflow } = await changed();
    const { outputs, conclusion } = await workflow.run({ pullRequestTo: 'release/2,<b>`x`' });
    expect(outputs).toMatchObject({ 'newly-failing': '', fixed: '' });
    expect(conclusion).toBe('failure');
    expect(server.comments[0]?.body).toContain('## Aegis: 1 of 2 rules failed');
    expect(server.comments[0]?.body).toContain(
      '> No report of <code>release/2&#44;&#60;b&#62;&#96;x&#96;</code> is kept',
    );
  });

  scenario('action/no-baseline', 'is told why a kept report cannot be compared', async () => {
    const { server, workflow } = await changed();
    const later = { 'actions/cache/restore': ({ path = '' }) => keepOther(path) };
    const { outputs } = await workflow.run(pull, { nested: later });
    expect(outputs['newly-failing']).toBe('');
    expect(server.comments[0]?.body).toMatch(
      /cannot be compared with this one:\n\n```text\n.*report\.json: This is not a report/,
    );
  });

  scenario('action/fork', 'from a fork is judged the same, and says that its token may not write', async () => {
    const { server, workflow } = await changed();
    const fork = { ...pull, isFork: true };
    const { conclusion, annotations, summary, outputs, steps } = await workflow.run(fork, {
      token: 'ghs_read',
      with: { sarif: 'true', 'fail-on': 'none' },
    });
    expect(conclusion).toBe('success');
    expect(annotations.at(-2)).toMatchObject({
      kind: 'notice',
      message: expect.stringContaining('it comes from a fork'),
    });
    expect(summary).toContain('## Aegis: 1 newly failing, 1 fixed');
    expect(outputs['comment-url']).toBe('');
    expect(server.comments).toEqual([]);
    expect(steps['Upload to code scanning']).toBe('success');
  });

  scenario('action/fork', 'of the same repository whose job lacks the permission is told which', async () => {
    const { workflow } = await changed();
    for (const token of ['ghs_read', '']) {
      const { annotations, exitCode } = await workflow.run(pull, { token });
      expect(exitCode).toBe(1);
      const { message } = annotations.at(-1) ?? { message: '' };
      expect(message).toContain(token === '' ? 'the input token is empty' : permit);
    }
  });

  scenario('action/compared', 'is judged the same when GitHub does not answer', async () => {
    const { server, workflow } = await changed();
    const unicorn = { status: 503, body: { message: 'Unicorn!' }, headers: { 'retry-after': '0' } };
    server.answers.push(unicorn, unicorn, unicorn, unicorn);
    const { annotations, exitCode } = await workflow.run(pull);
    expect(exitCode).toBe(1);
    expect(annotations.at(-1)?.message).toContain('GitHub answered 503 Unicorn!');
  });
});

describe('a branch', () => {
  scenario('action/compared', 'is compared with its own last run, which it keeps', async () => {
    const { server, workflow } = await changed();
    const { summary, outputs } = await workflow.run(main);
    expect(outputs).toMatchObject({ 'newly-failing': '1', fixed: '1' });
    expect(summary).toContain('## Aegis: 1 newly failing, 1 fixed');
    expect((await workflow.run(main)).summary).toContain('## Aegis: 1 still failing');
    expect(workflow.cache.keys).toHaveLength(3);
    expect(server.requests).toEqual([]);
  });
});
