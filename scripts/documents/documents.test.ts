import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileFences } from './compile-fences.js';
import { documents } from './documents.js';
import { stepsOf } from './fences.js';
import { type Installation, install, makeWorkplace, runFence, writeFence } from './run-fence.js';

const all = documents();
const folder = mkdtempSync(join(tmpdir(), 'aegis-documents-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('examples in documents', () => {
  let installation: Installation;

  beforeAll(async () => {
    installation = await install(folder, all);
  }, 120_000);

  it('compile', () => {
    expect(compileFences(all)).toEqual([]);
  }, 120_000);

  describe.each(all.filter(({ text }) => stepsOf(text).length > 0))('$path', (document) => {
    let workplace: string;
    const steps = stepsOf(document.text);

    /** One per document: its steps build on each other. */
    beforeAll(() => {
      workplace = makeWorkplace(installation);
    });

    it.each(steps.map((step) => ({ line: step.fence.line, step })))(
      'works at line $line',
      async ({ step }) => {
        if (step.kind === 'file') return writeFence(step, workplace);
        const { stdout, output, exitCode } = await runFence(step, document, installation, workplace);
        expect(exitCode, output).toBe(step.exitCode);
        if (step.output !== undefined) expect(stdout.trimEnd()).toBe(step.output.trimEnd());
      },
      120_000,
    );
  });
});
