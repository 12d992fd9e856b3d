import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtinTypes } from '@aegis/rules';
import { describe, expect } from 'vitest';
import { scenario, scenarioUnless } from '../scenario.js';
import { aegis, shell } from './aegis.js';
import { folderWith, runArgs, shop } from './project.js';
import { aegisReport, expectEnd, outcomesOf } from './reports.js';

const missingShell = (program: string): Promise<string | undefined> =>
  promisify(execFile)(program, ['--version']).then(
    () => undefined,
    () => `the shell ${program}`,
  );

/** How each shell is asked whether it can read a script. */
const shells = [
  { name: 'bash', read: 'bash -n completion && bash -e -c "source ./completion && complete -p aegis"' },
  { name: 'zsh', read: 'zsh -n completion' },
  { name: 'fish', read: 'fish --no-execute completion' },
];
const completions = await Promise.all(
  shells.map(async (each) => ({ ...each, missing: await missingShell(each.name) })),
);

describe('the command line', () => {
  scenario(['input/unknown-command', 'exit/usage'], 'suggests what was meant', async () => {
    const cwd = await shop();
    for (const [args, said] of [
      [['rnu', 'rules.yaml'], /unknown command 'rnu'[\s\S]*Did you mean run\?/],
      [[...runArgs, '--slect', 'keys'], /unknown option '--slect'[\s\S]*Did you mean --select\?/],
      [[...runArgs, '--format', 'jsn'], /'jsn'[\s\S]*json/],
      [[...runArgs, '--fail-on', 'hihg'], /'hihg'[\s\S]*high/],
      [[...runArgs, '--concurrency', '0'], /--concurrency[\s\S]*at least 1/],
      [[...runArgs, '--now', 'yesterday'], /--now[\s\S]*2026-01-15T12:00:00Z/],
      [['rules', 'show', 'betwen'], /no rule type "betwen"[\s\S]*Did you mean "between"\?/],
      [['run'], /missing required argument 'rules'/],
    ] as const) {
      expectEnd(await aegis(args, { cwd }), { code: 2, stderr: said, stdout: '' });
    }
  });

  scenario('input/old-node', 'says which Node it needs', async () => {
    const cwd = await folderWith({
      'old.mjs': "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });",
    });
    const finished = await aegis(['--version'], { cwd, env: { NODE_OPTIONS: '--import ./old.mjs' } });
    expectEnd(finished, { code: 2, stdout: '', stderr: /^error: aegis needs Node [\d.]+ or later; this is Node 20/ });
  });

  scenario('input/unknown-selection', 'suggests what --select may have meant', async () => {
    const cwd = await shop();
    for (const [word, meant] of [
      ['keyz', 'keys'],
      ['ids_uniqe', 'ids_unique'],
      ['order', 'orders'],
    ] as const) {
      expectEnd(await aegis([...runArgs, '--select', word], { cwd }), {
        code: 2,
        stderr: new RegExp(`--select "${word}" matches no rule id, tag or table\\n {2}Did you mean "${meant}"\\?`),
        stdout: '',
      });
    }
    expect(outcomesOf((await aegisReport([...runArgs, '--select', 'keys'], { cwd })).report)).toEqual({
      ids_unique: 'pass',
    });
  });

  scenario('exit/fail-on', 'fails the run from a severity on', async () => {
    const cwd = await shop();
    // Declared low, and raised to medium because more than 5 % of the rows fail.
    for (const [severity, code] of [
      ['info', 1],
      ['medium', 1],
      ['high', 0],
      ['critical', 0],
    ] as const) {
      expectEnd(await aegis([...runArgs, '--fail-on', severity], { cwd }), { code, stdout: /1 failed \(1 medium\)/ });
    }
  });

  scenario('command/init', 'lays out a project whose next command works as printed', async () => {
    const cwd = await folderWith();
    const { code, stdout, stderr } = await aegis(['init', 'shop', '--name', 'shop'], { cwd });
    expect(code, stderr).toBe(0);
    expect(existsSync(join(cwd, 'shop/aegis.yaml'))).toBe(true);
    const [next = ''] = /^.*\baegis run\b.*$/m.exec(stdout) ?? [];
    const finished = await shell(next.replace(/^\s*(?:\$ )?/, ''), { cwd });
    expect([0, 1], finished.stderr).toContain(finished.code);
    expectEnd(finished, { code: finished.code ?? -1, stdout: /^Aegis run [\s\S]*pass rate/ });
    expectEnd(await aegis(['init', 'shop'], { cwd }), { code: 2, stderr: /--force/ });
  });

  scenario('command/plan', 'prints what a run would send', async () => {
    const cwd = await shop();
    const plan = await aegis(['plan', 'rules.yaml', '--db', 'shop.duckdb'], { cwd });
    expectEnd(plan, { code: 0, stdout: /orders[\s\S]*ids_unique/ });
    const [table] = JSON.parse((await aegis(['plan', 'rules.yaml', '--db', 'shop.duckdb', '--json'], { cwd })).stdout)
      .tables as readonly { readonly statements: readonly { readonly sql: string }[] }[];
    expect(table?.statements.map(({ sql }) => sql).join('\n')).toContain('"orders"');
  });

  scenario('command/rules', 'lists and explains the rule types', async () => {
    const cwd = await folderWith();
    expectEnd(await aegis(['rules', 'list', '--category', 'uniqueness'], { cwd }), {
      code: 0,
      stdout: /\bcomposite_unique\b/,
    });
    expect(JSON.parse((await aegis(['rules', 'list', '--json'], { cwd })).stdout)).toHaveLength(
      builtinTypes.types.length,
    );
    expectEnd(await aegis(['rules', 'show', 'between'], { cwd }), { code: 0, stdout: /min_value/ });
    expect(JSON.parse((await aegis(['rules', 'schema'], { cwd })).stdout)).toHaveProperty('$schema');
  });

  for (const { name, read, missing } of completions) {
    scenarioUnless(missing, 'command/completion', `completes in ${name}`, async () => {
      const cwd = await folderWith();
      const finished = await shell(`aegis completion ${name} > completion && ${read}`, { cwd });
      expectEnd(finished, { code: 0 });
      expect(finished.stderr).toBe('');
    });
  }

  scenario('command/completion', 'suggests commands, flags and values', async () => {
    const cwd = await folderWith();
    const completed = async (...words: readonly string[]) =>
      (await aegis(['complete', '--', ...words], { cwd })).stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(await completed('ru')).toContain('run');
    expect(await completed('run', '--fo')).toContain('--format');
    expect(await completed('run', '--format', 'ju')).toContain('junit');
  });
});
