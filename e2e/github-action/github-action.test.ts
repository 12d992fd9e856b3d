import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseReport } from '@aegis/report';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { serveGitHub } from './github-server.js';
import { ShopWorkflow } from './shop-workflow.js';

const rules = `rules:
- metadata: { id: ids_unique, severity: high, description: d, owner: o, tags: [keys] }
  scope: { table: ../customers.csv, columns: [id] }
  logic: { type: unique }
- metadata: { id: emails_there, severity: low, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [email] }
  logic: { type: not_null }
`;
const sound = 'id,email\n1,ann@acme.com\n2,bob@acme.com\n';
const repeated = 'id,email\n1,ann@acme.com\n1,bob@acme.com\n';
const empty = 'id,email\n1,ann@acme.com\n2,\n3,\n';

const github = () => serveGitHub({ ghs_write: 'write', ghs_read: 'read' });

const shop = async (customers = sound, files: { readonly [path: string]: string } = {}) => {
  const server = await github();
  return {
    server,
    workflow: await ShopWorkflow.create({ 'rules/shop.yaml': rules, 'customers.csv': customers, ...files }, server),
  };
};

const pull = { pullRequestTo: 'main' } as const;
const main = { push: 'main' } as const;

describe('the action', () => {
  scenario('action/verdict', 'passes with the figures of the run as outputs', async () => {
    const { workflow } = await shop();
    const { conclusion, outputs, annotations, log } = await workflow.run(main);
    expect(conclusion, log).toBe('success');
    expect(outputs).toMatchObject({ outcome: 'passed', 'exit-code': '0', passed: '2', failed: '0', errored: '0' });
    const report = parseReport(readFileSync(outputs.report ?? '', 'utf8'));
    expect(report.run_id).toBe(outputs['run-id']);
    expect(annotations).toEqual([]);
  });

  scenario(['action/verdict', 'action/told'], 'fails with the run, and shows where in the rules file', async () => {
    const { workflow } = await shop(repeated);
    const { conclusion, exitCode, outputs, annotations, summary, log } = await workflow.run(main);
    expect({ conclusion, exitCode }).toEqual({ conclusion: 'failure', exitCode: 1 });
    expect(outputs).toMatchObject({ outcome: 'failed', 'exit-code': '1', passed: '1', failed: '1' });
    expect(annotations).toMatchObject([
      { kind: 'error', properties: { file: 'rules/shop.yaml', line: '2', title: 'Aegis: ids_unique' } },
    ]);
    expect(summary).toContain('## Aegis: 1 of 2 rules failed');
    expect(log).toContain('2 rules: 1 passed');
  });

  scenario('action/verdict', 'lets failures below fail-on pass, and all of them with none', async () => {
    const { workflow } = await shop(empty);
    expect(await workflow.run(main, { with: { 'fail-on': 'critical' } })).toMatchObject({ conclusion: 'success' });
    const { workflow: broken } = await shop(repeated);
    expect(await broken.run(main, { with: { 'fail-on': 'none' } })).toMatchObject({
      conclusion: 'success',
      outputs: { outcome: 'failed', 'exit-code': '1' },
    });
  });

  scenario(
    'action/verdict',
    'says why nothing ran, at the place of the mistake, and tells the pull request',
    async () => {
      const { workflow, server } = await shop(sound, {
        'rules/shop.yaml': rules.replace('type: unique', 'type: uniqe'),
      });
      const { exitCode, outputs, annotations, summary } = await workflow.run(pull);
      expect(exitCode).toBe(2);
      expect(outputs).toMatchObject({ outcome: 'invalid', report: '', sarif: '' });
      expect(annotations).toMatchObject([
        {
          kind: 'error',
          properties: { file: 'rules/shop.yaml', line: '4' },
          message: expect.stringContaining('uniqe'),
        },
      ]);
      for (const text of [summary, server.comments[0]?.body]) expect(text).toContain('## Aegis: nothing ran');
    },
  );

  scenario('action/verdict', 'ends incomplete when a rule cannot be judged', async () => {
    const { workflow } = await shop('id,mail\n1,x\n');
    const { exitCode, outputs, annotations } = await workflow.run(main);
    expect({ exitCode, outcome: outputs.outcome, errored: outputs.errored }).toEqual({
      exitCode: 3,
      outcome: 'incomplete',
      errored: '1',
    });
    expect(annotations[0]).toMatchObject({ kind: 'error', properties: { line: '5' } });
  });

  scenario('action/verdict', 'refuses inputs that mean nothing before anything runs', async () => {
    const { workflow } = await shop();
    for (const [inputs, message] of [
      [{ sarif: 'yes' }, 'The input sarif must be one of true, false'],
      [{ rules: '' }, 'The input rules is empty'],
      [{ 'working-directory': 'gone' }, 'names no folder'],
      [{ adapters: '--registry=x' }, 'is no adapter'],
    ] as const) {
      const { exitCode, annotations, steps } = await workflow.run(main, { with: inputs });
      expect({ exitCode, ran: steps['Run the rules'] }).toEqual({ exitCode: 2, ran: 'skipped' });
      expect(annotations).toMatchObject([{ kind: 'error', message: expect.stringContaining(message) }]);
    }
  });

  scenario('action/verdict', 'says that Aegis is missing where it was not to install it', async () => {
    const { workflow } = await shop();
    const { exitCode, annotations } = await workflow.run(main, {
      env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` },
    });
    expect(exitCode).toBe(2);
    expect(annotations[0]?.message).toContain('Aegis is neither a dependency of the project nor on the PATH');
  });

  scenario('action/told', 'names files of a nested project relative to the repository, and uploads SARIF', async () => {
    const nested = { 'data/eu/rules/shop.yaml': rules, 'data/eu/customers.csv': repeated };
    const { workflow } = await shop(sound, nested);
    const { annotations, outputs } = await workflow.run(main, {
      with: { 'working-directory': 'data/eu', sarif: 'true' },
    });
    expect(annotations[0]?.properties.file).toBe('data/eu/rules/shop.yaml');
    const [upload] = workflow.uploads;
    expect(upload).toEqual({ sarif: outputs.sarif, category: 'aegis' });
    const { runs } = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'data/eu/rules/shop.yaml',
      uriBaseId: '%SRCROOT%',
    });
  });

  scenario('action/told', 'leaves out what was switched off', async () => {
    const { workflow, server } = await shop(repeated);
    const off = { summary: 'false', annotations: 'false', comment: 'false', baseline: 'false' };
    const { summary, annotations, steps } = await workflow.run(pull, { with: off });
    expect({ summary, annotations, requests: server.requests }).toEqual({ summary: '', annotations: [], requests: [] });
    expect(steps).toMatchObject({
      'Find the report of the base branch': 'skipped',
      'Comment on the pull request': 'skipped',
      'Upload to code scanning': 'skipped',
    });
    expect((await workflow.run(main, { with: off })).steps['Keep the report of this branch']).toBe('skipped');
  });

  scenario('action/told', 'shows ten annotations of a kind, and keeps a huge report within its bounds', async () => {
    const [one = '', other = ''] = rules.slice('rules:\n'.length).split(/(?<=\n)(?=- )/);
    const long = 'why '.repeat(400);
    const many = Array.from({ length: 44 }, (_, at) =>
      (at % 2 ? one : other).replace(/id: \w+/, `id: rule_${at}`).replace('description: d', `description: ${long}`),
    );
    const { workflow, server } = await shop('id,email\n1,\n1,\n', { 'rules/shop.yaml': `rules:\n${many.join('')}` });
    const { annotations, summary, outputs } = await workflow.run(pull);
    expect(outputs.failed).toBe('44');
    expect(annotations.filter(({ kind }) => kind === 'error')).toHaveLength(10);
    expect(annotations.some(({ message }) => message === 'Not shown here: 12 errors, 12 warnings.')).toBe(true);
    expect(summary).toContain('## Aegis: 44 of 44 rules failed');
    expect(server.comments[0]?.body).toMatch(/> Shortened: the whole report did not fit here\.\n$/);
  });
});
