import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type CommandResult, run } from '../command.js';
import { root } from '../root.js';
import type { MarkdownDocument } from './documents.js';
import type { Step } from './fences.js';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
/** With the root's tsconfig, `@aegis/*` means the sources: nothing needs to be built. */
const onSources = [tsx, '--tsconfig', join(root, 'tsconfig.json')];

/** Writes `aegis`, as installed users call it, into `folder`. */
export const installAegis = (folder: string): void => {
  const bin = [process.execPath, ...onSources, join(root, 'packages/cli/src/bin.ts')];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'aegis'), `#!/bin/sh\nexec ${bin.map((part) => `'${part}'`).join(' ')} "$@"\n`, {
    mode: 0o755,
  });
};

/** Runs one step of `document` in `folder`; `binaries` is put in front of PATH. */
export const runFence = async (
  step: Extract<Step, { kind: 'run' }>,
  document: MarkdownDocument,
  { folder, binaries }: { readonly folder: string; readonly binaries: string },
): Promise<CommandResult> => {
  const environment = { PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, HOME: folder };
  const options = { cwd: folder, environment };
  if (step.language === 'sh') return run('bash', ['-euo', 'pipefail', '-c', step.fence.text], options);
  return withModule(step, document, (file) => run(process.execPath, [...onSources, file], options));
};

/** Beside the document, so that what it imports is found where its package finds it. */
const withModule = async <T>(
  { fence }: Extract<Step, { kind: 'run' }>,
  { folder }: MarkdownDocument,
  use: (file: string) => Promise<T>,
): Promise<T> => {
  const file = join(folder, `.fence-${process.pid}-${fence.line}.ts`);
  writeFileSync(file, fence.text);
  try {
    return await use(file);
  } finally {
    rmSync(file, { force: true });
  }
};

/** Writes a ```` ```yaml file=… ```` fence into the working folder. */
export const writeFence = (step: Extract<Step, { kind: 'file' }>, folder: string): void => {
  const path = join(folder, step.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, step.fence.text);
};
