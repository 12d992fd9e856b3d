import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis, type CommandResult } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

const mended = 'id,email,amount\n1,ann@acme.com,10\n2,bob@acme.com,\n3,,30\n';

interface TwoRuns {
  readonly cwd: string;
  readonly command: (...args: readonly string[]) => Promise<CommandResult>;
}

/** Two runs in the history, and as main.json and report.json; in between one rule was mended and another broken. */
const twoRuns = async (): Promise<TwoRuns> => {
  const cwd = await shop();
  const effects = { cwd, env: { HOME: cwd } };
  await aegis(['run', 'rules', '--no-llm', '--output-json', 'main.json'], effects);
  await writeFile(join(cwd, 'customers.csv'), mended);
  await aegis(['run', 'rules', '--no-llm', '--output-json', 'report.json'], effects);
  return { cwd, command: (...args) => aegis(args, effects) };
};

describe('aegis report compare', () => {
  it('tells what changed between two report files, in every format', async () => {
    const { command } = await twoRuns();
    const { code, stdout, stderr } = await command('report', 'compare', 'main.json', 'report.json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Newly failing: 1\n {2}✗ amounts_there\n/);
    expect(stdout).toMatch(/Fixed: 2\n {2}✓ ids_unique\n/);
    const markdown = await command('report', 'compare', 'main.json', 'report.json', '--format', 'markdown');
    expect(markdown.stdout).toContain('## Aegis: 1 newly failing, 2 fixed');
    const json = await command('report', 'compare', 'main.json', 'report.json', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'aegis.dev/comparison/v1',
      counts: { newly_failing: 1, fixed: 2, unchanged: 0 },
      summary: { failed: { before: 2, after: 1, delta: -1 } },
    });
  });

  it('takes runs of the history as well, also one against a file', async () => {
    const { command } = await twoRuns();
    const listed = await command('audit', 'list-runs', '--json');
    const [after, before] = JSON.parse(listed.stdout).map(({ runId }: { readonly runId: string }) => runId);
    const { stdout } = await command('report', 'compare', before, after);
    expect(stdout).toContain(`Aegis run ${after}`);
    expect(stdout).toContain('1 newly failing, 2 fixed');
    expect((await command('report', 'compare', 'main.json', after)).stdout).toContain('1 newly failing, 2 fixed');
  });

  it('ends with 0 whatever changed', async () => {
    const { command } = await twoRuns();
    expect(await command('report', 'compare', 'main.json', 'main.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 still failing'),
    });
  });

  it.each([
    ['gone.json', /gone\.json cannot be read/],
    ['folder.json', /folder\.json cannot be read/],
    ['text.json', /text\.json: This is not a report: it is not JSON/],
    ['other.json', /other\.json: This is not a report of schema aegis\.dev\/report\/v1: report: /],
    [
      'future.json',
      /future\.json: This is not a report of schema aegis\.dev\/report\/v1: schema: it is aegis\.dev\/report\/v9\.\n {2}Another version/,
    ],
    ['2099', /2099/],
  ])('refuses %s with 2, and says which of the two it is', async (name, message) => {
    const { cwd, command } = await twoRuns();
    await mkdir(join(cwd, 'folder.json'));
    await writeFile(join(cwd, 'text.json'), 'once upon a time');
    await writeFile(join(cwd, 'other.json'), '[]');
    await writeFile(join(cwd, 'future.json'), '{ "schema": "aegis.dev/report/v9" }');
    for (const args of [
      [name, 'report.json'],
      ['main.json', name],
    ]) {
      const { code, stdout, stderr } = await command('report', 'compare', ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain('    at ');
    }
  });

  it('wants both runs', async () => {
    expect(await aegis(['report', 'compare', 'main.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("missing required argument 'after'"),
    });
  });

  it('leaves `aegis report RUN` as it was', async () => {
    const { command } = await twoRuns();
    expect((await command('report', 'main.json', '--format', 'markdown')).stdout).toContain('## Aegis: 2 of 3 rules');
    expect((await command('report', '--format', 'markdown')).stdout).toContain('## Aegis: 1 of 3 rules');
  });
});
