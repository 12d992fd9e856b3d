import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readEvent } from './event.ts';

const event = (payload: unknown, env: NodeJS.ProcessEnv) => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-event-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'event.json');
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return readEvent({ GITHUB_EVENT_PATH: file, ...env });
};

const pull = (headRepository: object | null) => ({
  pull_request: {
    number: 7,
    base: { ref: 'main', repo: { full_name: 'acme/shop' } },
    head: { repo: headRepository },
  },
});
const ofPull = { GITHUB_REF_NAME: '7/merge', GITHUB_REF_TYPE: 'branch' };

it('compares a pull request with its base, and keeps nothing of it', () => {
  expect(event(pull({ full_name: 'acme/shop' }), ofPull)).toEqual({
    pullRequest: { number: 7, isFork: false },
    compareBranch: 'main',
    keepBranch: undefined,
  });
});

it.each([{ full_name: 'eve/shop' }, null])('knows a fork by its repository %j', (repository) => {
  expect(event(pull(repository), ofPull).pullRequest?.isFork).toBe(true);
});

it('compares a branch with itself, and keeps its report', () => {
  const env = { GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'branch' };
  expect(event({ ref: 'refs/heads/main' }, env)).toEqual({ compareBranch: 'main', keepBranch: 'main' });
});

it('compares a merge queue with its base, and keeps nothing of it or of a tag', () => {
  const queue = event(
    { merge_group: { base_ref: 'refs/heads/main' } },
    { GITHUB_REF_NAME: 'q', GITHUB_REF_TYPE: 'branch' },
  );
  expect(queue).toEqual({ compareBranch: 'main' });
  expect(event({}, { GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' }).keepBranch).toBeUndefined();
});

it('does without a payload that cannot be read', () => {
  expect(event('{', { GITHUB_REF_NAME: 'main', GITHUB_REF_TYPE: 'branch' }).keepBranch).toBe('main');
  expect(readEvent({}).pullRequest).toBeUndefined();
});
