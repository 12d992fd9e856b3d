import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const fixtures = fileURLToPath(new URL('./__fixtures__/closing-line', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const runFixtures = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', ...args], {
    cwd: fixtures,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  return { last: stdout.trimEnd().split('\n').at(-1), stdout, status };
};

describe('the closing line', () => {
  it('is the last line, alone, and counts files that do not load and hooks that throw as failures', () => {
    const { last, status } = runFixtures([]);
    expect(last).toBe('2 passed, 4 failed, 4 skipped');
    expect(status).toBe(1);
  });

  it('comes with exit code 0 when nothing failed', () => {
    const { last, status } = runFixtures(['green']);
    expect(last).toBe('1 passed, 0 failed, 1 skipped');
    expect(status).toBe(0);
  });

  it('counts a skip that CI could avoid as a failure there', () => {
    const { last, stdout, status } = runFixtures(['green'], { FIXTURE_CI: 'true' });
    expect(last).toBe('1 passed, 1 failed, 0 skipped');
    expect(stdout).toContain('green.fixture.ts > skips with a note: needs PostgreSQL');
    expect(status).toBe(1);
  });

  it('does not list what a name filter left out', () => {
    const { last, stdout, status } = runFixtures(['green', '-t', 'passes'], { FIXTURE_CI: 'true' });
    expect(last).toBe('1 passed, 0 failed, 1 skipped');
    expect(stdout).not.toContain('needs PostgreSQL');
    expect(status).toBe(0);
  });
});
