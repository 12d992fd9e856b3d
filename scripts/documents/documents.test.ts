import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileFences } from './compile-fences.js';
import { documents } from './documents.js';
import { stepsOf } from './fences.js';
import { makeWorkplace, runFence, writeFence } from './run-fence.js';

const all = documents();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** One per document: its steps build on each other. */
const newWorkplace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-document-'));
  folders.push(folder);
  return makeWorkplace(folder);
};

describe('examples in documents', () => {
  it('compile', () => {
    expect(compileFences(all)).toEqual([]);
  }, 120_000);

  describe.each(all.filter(({ text }) => stepsOf(text).length > 0))('$path', (document) => {
    const workplace = newWorkplace();
    const steps = stepsOf(document.text);
    it.each(steps.map((step) => ({ line: step.fence.line, step })))(
      'works at line $line',
      async ({ step }) => {
        if (step.kind === 'file') return writeFence(step, workplace.folder);
        const { stdout, output, exitCode } = await runFence(step, document, workplace);
        expect(exitCode, output).toBe(step.exitCode);
        if (step.output !== undefined) expect(stdout.trimEnd()).toBe(step.output.trimEnd());
      },
      120_000,
    );
  });
});
