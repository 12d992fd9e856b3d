import { beforeAll, describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

let cwd: string;
beforeAll(async () => {
  cwd = await shop();
  await aegis(['run', 'rules', '--no-llm', '--history', 'h.db'], { cwd });
});

const audit = (...args: readonly string[]) => aegis([...args, '--history', 'h.db'], { cwd });

describe('aegis audit', () => {
  it('says so when nothing was ever recorded', async () => {
    const { code, stdout } = await aegis(['audit', 'list-runs']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'No run is recorded yet. `aegis run RULES` records one.\n' });
    expect((await aegis(['audit', 'show'])).code).toBe(2);
  });

  it('lists runs and shows one, as text and as data', async () => {
    const { stdout } = await audit('audit', 'list-runs');
    expect(stdout).toMatch(/^RUN +KIND +STARTED +STATUS +RULES +FAILED +ERRORS +WAREHOUSE\n/);
    const [run] = JSON.parse((await audit('audit', 'list-runs', '--json')).stdout);
    const shown = await audit('audit', 'show', run.runId.slice(0, -2));
    expect(shown.stdout).toContain(`run        ${run.runId}\n`);
    expect(shown.stdout).toMatch(/ids_unique +\S+ +fail +critical +1 row\n/);
    expect(JSON.parse((await audit('audit', 'show', '--json')).stdout).run.runId).toBe(run.runId);
  });

  it('says that there is no such run', async () => {
    expect(await audit('audit', 'show', 'nosuch')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('aegis report', () => {
  it('renders an earlier run', async () => {
    expect((await audit('report')).stdout).toContain('ids_unique');
    expect((await audit('report', '--format', 'html')).stdout).toMatch(/^<!doctype html>/i);
    expect(await audit('report', 'nosuch')).toMatchObject({ code: 2, stdout: '' });
  });
});
