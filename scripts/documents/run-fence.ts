import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type MarkdownDocument, root } from './documents.js';
import type { Step } from './fences.js';

/** What a fence printed and how it ended. */
export interface FenceRun {
  readonly stdout: string;
  /** Standard output and standard error as they came, for messages. */
  readonly output: string;
  readonly exitCode: number | null;
}

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
): Promise<FenceRun> => {
  const environment = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, HOME: folder };
  if (step.language === 'sh') return run('bash', ['-euo', 'pipefail', '-c', step.fence.text], folder, environment);
  return withModule(step, document, (file) => run(process.execPath, [...onSources, file], folder, environment));
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

const run = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<FenceRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ stdout, output, exitCode }));
  });

/** Writes a ```` ```yaml file=… ```` fence into the working folder. */
export const writeFence = (step: Extract<Step, { kind: 'file' }>, folder: string): void => {
  const path = join(folder, step.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, step.fence.text);
};
