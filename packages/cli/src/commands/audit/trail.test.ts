import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

/** A shop with the history of one run, and the head that the run's report holds. */
const recorded = async () => {
  const cwd = await shop();
  const { stdout } = await aegis(['run', 'rules', '--no-llm', '--history', 'h.db', '--format', 'json'], { cwd });
  return { cwd, head: String(JSON.parse(stdout).audit_head) };
};

const audit = (cwd: string, ...args: readonly string[]) => aegis(['audit', ...args, '--history', 'h.db'], { cwd });

describe('aegis audit verify', () => {
  it('knows the head that the report of a run holds, and ends with 1 for another', async () => {
    const { cwd, head } = await recorded();
    expect(await audit(cwd, 'verify', '--head', head)).toEqual({
      code: 0,
      stdout: `2 events, intact\naudit head ${head}\n`,
      stderr: '',
    });
    const other = await audit(cwd, 'verify', '--head', 'f'.repeat(64));
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^cut: The chain does not reach the head f+/);
    expect(JSON.parse((await audit(cwd, 'verify', '--json')).stdout)).toMatchObject({ ok: true, head: { hash: head } });
  });

  it('prints the head on the terminal, too', async () => {
    const cwd = await shop();
    const { stdout } = await aegis(['run', 'rules', '--no-llm', '--history', 'h.db'], { cwd });
    const [, head = ''] = /\naudit head ([0-9a-f]{64})\n/.exec(stdout) ?? [];
    expect((await audit(cwd, 'verify', '--head', head)).code).toBe(0);
  });

  it('refuses a head that is none, and a history that is none', async () => {
    const { cwd } = await recorded();
    expect(await audit(cwd, 'verify', '--head', 'abc')).toMatchObject({ code: 2, stdout: '' });
    expect((await aegis(['audit', 'verify', '--history', 'gone.db'], { cwd })).code).toBe(2);
  });
});

describe('aegis audit trajectory', () => {
  it('draws the steps of a run under their tables', async () => {
    const { cwd } = await recorded();
    const { code, stdout } = await audit(cwd, 'trajectory');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d{8}-\d{6}-\w+ {2}started \S+ \S+ · took .* · completed\n/);
    expect(stdout).toMatch(/\n[├└]─ \S*customers\.csv {2}\+\d+ ms · took [\d.]+ m?s\n[│ ] {2}├─ execute {2}\+/);
    const [, run = ''] = /^(\S+)/.exec(stdout) ?? [];
    expect(JSON.parse((await audit(cwd, 'trajectory', run.slice(0, -2), '--json')).stdout).name).toBe(run);
    expect((await audit(cwd, 'trajectory', 'nosuch')).code).toBe(2);
  });
});

describe('aegis audit search', () => {
  it('takes words for words, whatever they look like', async () => {
    const { cwd } = await recorded();
    for (const query of ['order-id', "o'brien", 'what?', 'NEAR(', '"', '*']) {
      expect(await audit(cwd, 'search', query)).toEqual({
        code: 0,
        stdout: `No recorded model call holds the words "${query}".\n`,
        stderr: '',
      });
    }
    expect((await audit(cwd, 'search', 'two', 'words', '--json')).stdout).toBe('[]\n');
    expect((await audit(cwd, 'search')).code).toBe(2);
  });
});

describe('aegis audit export-dataset', () => {
  it('writes the file, says how much, and replaces it only when told to', async () => {
    const { cwd } = await recorded();
    const written = { code: 0, stdout: '', stderr: '0 conversations written to calls.jsonl\n' };
    expect(await audit(cwd, 'export-dataset', 'calls.jsonl')).toEqual(written);
    expect(await readFile(join(cwd, 'calls.jsonl'), 'utf8')).toBe('');
    const refused = await audit(cwd, 'export-dataset', 'calls.jsonl', '--quality', '--min-turns', '2');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('calls.jsonl already exists\n  Nothing was written. Use --force to replace it.');
    expect(await audit(cwd, 'export-dataset', 'calls.jsonl', '--force')).toEqual(written);
  });

  it.each([
    ['--min-turns', '0'],
    ['--run', 'nosuch'],
  ])('refuses %s %s', async (...flags) => {
    const { cwd } = await recorded();
    expect(await audit(cwd, 'export-dataset', 'calls.jsonl', ...flags)).toMatchObject({ code: 2, stdout: '' });
  });
});
