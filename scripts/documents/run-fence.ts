import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { isAdapter } from '../architecture/check-manifest.js';
import { readWorkspace } from '../architecture/workspace.js';
import { type CommandResult, run } from '../command.js';
import { root } from '../root.js';
import type { MarkdownDocument } from './documents.js';
import type { Step } from './fences.js';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
/** With the root's tsconfig, `@aegis/*` means the sources: nothing needs to be built. */
const onSources = [tsx, '--tsconfig', join(root, 'tsconfig.json')];

/** Where the steps of one document run. */
export interface Workplace {
  /** Empty at first, removed by the caller together with what lies beside it. */
  readonly folder: string;
  /** In front of PATH: has `aegis`. */
  readonly binaries: string;
}

/** Makes a workplace below `parent`, an empty folder, with `aegis` and the warehouse adapters as if they were installed. */
export const makeWorkplace = (parent: string): Workplace => {
  const workplace = { folder: join(parent, 'work'), binaries: join(parent, 'bin') };
  mkdirSync(workplace.folder);
  mkdirSync(workplace.binaries);
  const call = [process.execPath, ...onSources, join(root, 'packages/cli/src/bin.ts')];
  const script = `#!/bin/sh\nexec ${call.map((part) => `'${part}'`).join(' ')} "$@"\n`;
  writeFileSync(join(workplace.binaries, 'aegis'), script, { mode: 0o755 });
  for (const { manifest, folder } of readWorkspace(root).packages.filter(({ folder }) => isAdapter(folder)))
    installSource(parent, manifest.name, join(root, folder, 'src/index.ts'));
  return workplace;
};

const installSource = (parent: string, name: string, source: string): void => {
  const folder = join(parent, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports: './index.js' }));
  writeFileSync(join(folder, 'index.js'), `export * from ${JSON.stringify(source)};\n`);
};

/** Runs one step of `document` in its workplace, which is also its home folder. */
export const runFence = async (
  step: Extract<Step, { kind: 'run' }>,
  document: MarkdownDocument,
  { folder, binaries }: Workplace,
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
