import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { addToSummary, setOutputs } from './file-commands.ts';

const file = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'file');
};

it('writes outputs so that no value ends itself', () => {
  const GITHUB_OUTPUT = file();
  setOutputs({ GITHUB_OUTPUT }, { path: 'a\nevil=1\nb', count: 3 });
  const [, delimiter] = /^path<<(.+)\na\nevil=1\nb\n\1\n/.exec(readFileSync(GITHUB_OUTPUT, 'utf8')) ?? [];
  expect(delimiter).toMatch(/^aegis-[0-9a-f-]{36}$/);
  expect(readFileSync(GITHUB_OUTPUT, 'utf8')).not.toMatch(new RegExp(`count<<${delimiter}`));
});

it('fills a summary up to what GitHub takes, and no further', () => {
  const GITHUB_STEP_SUMMARY = file();
  for (let at = 0; at < 3; at++) addToSummary({ GITHUB_STEP_SUMMARY }, `${'東京'.repeat(50)}\n`.repeat(2000));
  expect(statSync(GITHUB_STEP_SUMMARY).size).toBeLessThanOrEqual(1024 * 1024);
  expect(readFileSync(GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/> Shortened: the whole report did not fit here\.\n$/);
});

it('does without the files where there are none', () => {
  setOutputs({}, { a: 1 });
  addToSummary({}, 'x');
});
