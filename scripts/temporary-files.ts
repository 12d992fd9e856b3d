import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Global set-up of the tests: whatever they leave among temporary files is gone when they end. */
export const setup = (): (() => void) => {
  const outer = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'aegis-tests-'));
  // A server that may not run as root runs as somebody else, who has to get at files below.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => {
    if (outer === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outer;
    rmSync(folder, { recursive: true, force: true });
  };
};
