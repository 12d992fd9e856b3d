import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { serveGitHub } from './github-server.js';
import { ShopWorkflow } from './shop-workflow.js';

const main = { push: 'main' } as const;
const pull = { pullRequestTo: 'main' } as const;

/** Text that is a command to a runner, an expression, a substitution of a shell, and the end of an output. */
const evil = '::error::%0A::set-output,x=y::${{github.token}}$(touch${IFS}pwned)`touch${IFS}pwned`';

const ruleOf = (id: string, table: string) => `rules:
- metadata: { id: ${JSON.stringify(id)}, severity: high, description: "d", owner: o }
  scope: { table: ${JSON.stringify(table)}, columns: [note] }
  logic: { type: accepted_values, values: [fine] }
`;

const shop = async (files: { readonly [path: string]: string }) => {
  const server = await serveGitHub({ ghs_write: 'write' });
  return { server, workflow: await ShopWorkflow.create(files, server) };
};

describe('hostile names', () => {
  scenario('action/hostile', 'of rules and values of rows are shown, and nothing is done', async () => {
    const note = '\n::error::pwned\n::add-mask::fine\n##[error]pwned\n::stop-commands::x';
    const { server, workflow } = await shop({
      'rules/r.yaml': ruleOf(evil, '../notes.csv'),
      'notes.csv': `note\n"${note}"\n"${note}"\n`,
    });
    const { annotations, obeyed, outputs, log } = await workflow.run(pull);
    expect(outputs.outcome, log).toBe('failed');
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.properties).toEqual({ title: `Aegis: ${evil}`, file: 'rules/r.yaml', line: '2', col: '3' });
    expect(new Set(obeyed)).toEqual(new Set(['add-mask', 'stop-commands', 'error']));
    expect(obeyed.filter((name) => name === 'error')).toHaveLength(1);
    expect(server.comments[0]?.body).not.toContain('ghs_write');
    expect(existsSync(join(workflow.workspace, 'pwned'))).toBe(false);
  });

  scenario('action/hostile', 'of files reach Aegis whole, and their annotations stay theirs', async () => {
    const name = 'a b,c::d%0A\'"$(touch pwned)`x`\n::error::pwned';
    const { workflow } = await shop({ [`${name}.yaml`]: ruleOf('r', 'notes.csv'), 'notes.csv': 'note\nbad\n' });
    const { outputs, annotations, obeyed } = await workflow.run(main, { with: { rules: '*.yaml' } });
    expect(outputs.outcome).toBe('failed');
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.properties.file).toContain('a b,c::d%0A');
    expect(obeyed.filter((each) => each === 'error')).toHaveLength(1);
    expect(existsSync(join(workflow.workspace, 'pwned'))).toBe(false);
  });

  scenario('action/hostile', 'of inputs are arguments, and never words of a shell or flags', async () => {
    const { workflow } = await shop({ 'rules/r.yaml': ruleOf('r', '../notes.csv'), 'notes.csv': 'note\nfine\n' });
    for (const [inputs, message] of [
      [{ rules: '$(touch pwned); --help' }, 'no file matches $(touch pwned)'],
      [{ rules: '--version' }, 'no such file'],
      [{ where: '1=1; touch pwned' }, '`;` is refused'],
      [{ db: '`touch pwned`' }, 'pwned'],
      [{ arguments: '--nosuch' }, "unknown option '--nosuch'"],
    ] as const) {
      const { outputs, log, annotations } = await workflow.run(main, { with: inputs });
      expect(outputs.outcome, log).toMatch(/invalid|incomplete/);
      expect(annotations.map((each) => each.message).join('\n')).toContain(message);
    }
    expect(existsSync(join(workflow.workspace, 'pwned'))).toBe(false);
  });

  scenario('action/hostile', 'of branches cannot reach the report of another branch', async () => {
    const files = { 'rules/r.yaml': ruleOf('r', '../notes.csv'), 'notes.csv': 'note\nfine\n' };
    const { workflow } = await shop(files);
    for (const branch of ['main', 'main-', `${evil},`]) {
      const { summary, conclusion, log } = await workflow.run({ push: branch });
      expect(conclusion, log).toBe('success');
      expect(summary).toContain('is kept, so nothing is compared');
    }
    expect(new Set(workflow.cache.keys.map((key) => key.replace(/\d+-1$/, ''))).size).toBe(3);
  });
});

describe('secrets', () => {
  scenario(
    'action/secrets',
    'of the connection show in no log, summary or comment, also when a run fails by them',
    async () => {
      const { server, workflow } = await shop({ 'rules/r.yaml': ruleOf('r', 'notes'), 'notes.csv': 'note\n' });
      const connection = 'path=gone.duckdb\npassword=hunter2-of-the-shop';
      const { log, summary, annotations } = await workflow.run(pull, { with: { connection, warehouse: 'duckdb' } });
      const told = [log, summary, JSON.stringify(annotations), server.comments[0]?.body].join('\n');
      expect(told).toContain('nothing ran');
      expect(told).not.toContain('hunter2');
      expect(told).not.toContain('ghs_write');
    },
  );
});
