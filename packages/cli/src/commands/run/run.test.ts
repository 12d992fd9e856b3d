import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport } from '@aegis/report';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

const run = async (args: readonly string[], overrides: Parameters<typeof aegis>[1] = {}) =>
  aegis(['run', 'rules', '--no-llm', ...args], { cwd: await shop(), ...overrides });

describe('aegis run', () => {
  it('prints results to stdout and progress to stderr, and ends with 1 when rules fail', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code).toBe(1);
    expect(stdout).toContain('ids_unique');
    expect(stdout).toContain('3 rules: ');
    expect(stderr).toMatch(/^Run \S+: 3 rules on 1 table\n.*customers\.csv: 3 rules, 2 failed, [\d.]+ m?s\n$/);
  });

  it('ends with 0 when only failures below --fail-on were found', async () => {
    expect((await run(['--select', 'emails_internal', '--fail-on', 'high'])).code).toBe(0);
    expect((await run(['--select', 'amounts_there'])).code).toBe(0);
  });

  it('ends with 3 when a rule could not be judged, whatever else failed', async () => {
    const cwd = await shop();
    const broken = `- metadata: { id: lost, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [emial] }
  logic: { type: not_null }
`;
    await writeFile(join(cwd, 'rules', 'broken.yaml'), broken);
    expect((await run([], { cwd })).code).toBe(3);
  });

  it('prints machine formats alone on stdout', async () => {
    const { stdout } = await run(['--format', 'json']);
    expect(parseReport(stdout).summary).toMatchObject({ total_rules: 3, failed: 2 });
    expect((await run(['--format', 'junit'])).stdout).toMatch(/^<\?xml/);
  });

  it('writes the same report to a file', async () => {
    const cwd = await shop();
    await run(['--output-json', 'report.json'], { cwd });
    expect(parseReport(await readFile(join(cwd, 'report.json'), 'utf8')).results).toHaveLength(3);
    expect((await readdir(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('shows row values only on the terminal and only when asked', async () => {
    expect((await run([])).stdout).not.toContain('ann@example.com');
    expect((await run(['--samples', 'full'])).stdout).toContain('ann@example.com');
    expect((await run(['--samples', 'full', '--format', 'json'])).stdout).not.toContain('ann@example.com');
  });

  it('says nothing but the result when quiet', async () => {
    const { stderr, stdout } = await aegis(['run', 'rules', '--quiet'], { cwd: await shop() });
    expect(stderr).toBe('');
    expect(stdout).toContain('3 rules: ');
  });

  it('says once that it goes on without a model', async () => {
    const { stderr, stdout } = await aegis(['run', 'rules'], { cwd: await shop() });
    expect(`${stdout}${stderr}`.match(/No language model is configured/g)).toHaveLength(1);
  });

  it('says a note of the run once, on stderr, or in the result when quiet', async () => {
    const cwd = await shop();
    const broken = ['--history', 'customers.csv'];
    const loud = await run(broken, { cwd });
    expect(loud.stderr).toContain('This run is not recorded');
    expect(loud.stdout).not.toContain('This run is not recorded');
    expect((await run([...broken, '--quiet'], { cwd })).stdout).toContain('This run is not recorded');
  });

  it('refuses to start when the output cannot be written', async () => {
    const { code, stdout, stderr } = await run(['--output-json', 'gone/report.json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('gone/report.json cannot be written: the folder does not exist');
  });

  it('still reports what is known after Ctrl-C, and ends with 3', async () => {
    const cwd = await shop();
    const interruption = () => ({ signal: AbortSignal.abort(), release: () => undefined });
    const { code, stdout, stderr } = await run(['--output-json', 'report.json'], { cwd, interruption });
    expect(code).toBe(3);
    expect(stdout).toContain('ids_unique');
    const report = parseReport(await readFile(join(cwd, 'report.json'), 'utf8'));
    expect(report.status).toBe('cancelled');
    expect(stderr).toContain(`To continue this run, add --resume ${report.run_id}\n`);
  });

  it('uses colours on a terminal, unless told otherwise', async () => {
    const terminal = async (args: readonly string[], env = {}) => {
      const written: string[] = [];
      const write = (text: string) => void written.push(text);
      await run(args, { stdout: { isTerminal: true, columns: 60, write }, env });
      return written.join('');
    };
    expect(await terminal([])).toContain('\u001b[');
    expect(await terminal(['--no-color'])).not.toContain('\u001b[');
    expect(await terminal([], { NO_COLOR: '1' })).not.toContain('\u001b[');
    expect((await terminal([])).split('\n').every((line) => line.replaceAll(/\u001b\[[\d;]*m/g, '').length <= 60)).toBe(
      true,
    );
    expect((await run([], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
  });

  it('scrubs a secret of the command line from errors', async () => {
    const { stderr, code } = await run(['--connection', 'password=hunter2x', '--connection', 'hunter2x=1']);
    expect(code).toBe(2);
    expect(stderr).not.toContain('hunter2x');
  });
});
