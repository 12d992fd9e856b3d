import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { packageOf } from '../architecture/imports.js';
import { type CommandResult, run } from '../command.js';
import { root } from '../root.js';
import { bundleSources, type Entry } from './bundle-sources.js';
import type { MarkdownDocument } from './documents.js';
import { type Step, stepsOf } from './fences.js';

type RunStep = Extract<Step, { kind: 'run' }>;

/** `aegis`, every package and the examples of documents, made from the sources: nothing needs to be built. */
export interface Installation {
  /** Has `node_modules`; workplaces are made in it. */
  readonly folder: string;
}

/** Installs into an empty folder, which the caller removes. @throws Error that names an example whose imports are not there */
export const install = async (folder: string, documents: readonly MarkdownDocument[]): Promise<Installation> => {
  const sources = packageSources();
  await bundleSources(
    [
      { name: 'bin/aegis', path: join(root, 'packages/cli/src/bin.ts') },
      ...[...sources].map(([specifier, path]) => ({ name: `node_modules/${specifier}/index`, path })),
      ...documents.flatMap(examplesOf),
    ],
    folder,
  );
  for (const name of new Set([...sources.keys()].flatMap((specifier) => packageOf(specifier) ?? [])))
    describePackage(join(folder, 'node_modules', name), name);
  installDatabase(folder);
  const script = `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'bin/aegis.mjs')}' "$@"\n`;
  writeFileSync(join(folder, 'bin', 'aegis'), script, { mode: 0o755 });
  return { folder };
};

/** Absolute paths of entries by what imports call them, e.g. `@aegis/rules/node`. */
const packageSources = (): ReadonlyMap<string, string> => {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    readonly compilerOptions: { readonly paths: { readonly [specifier: string]: readonly [string] } };
  };
  return new Map(Object.entries(compilerOptions.paths).map(([specifier, [path]]) => [specifier, join(root, path)]));
};

const describePackage = (folder: string, name: string): void => {
  const exports = { '.': './index.mjs', './*': './*/index.mjs' };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, exports }));
};

/** The only package that code asks for at run time, and by its name. */
const installDatabase = (folder: string): void => {
  const ofAudit = createRequire(join(root, 'packages/audit/package.json'));
  const place = dirname(ofAudit.resolve('better-sqlite3/package.json'));
  symlinkSync(place, join(folder, 'node_modules', 'better-sqlite3'));
};

const examplesOf = (document: MarkdownDocument): readonly Entry[] =>
  stepsOf(document.text).flatMap((step) =>
    step.kind === 'run' && step.language === 'ts'
      ? { name: nameOf(step, document), text: step.fence.text, folder: document.folder, title: titleOf(step, document) }
      : [],
  );

const titleOf = ({ fence }: RunStep, { path }: MarkdownDocument): string => `${path}:${fence.line}`;
const nameOf = (step: RunStep, document: MarkdownDocument): string =>
  `examples/${titleOf(step, document).replaceAll(/\W/g, '-')}`;

/** An empty folder for the steps of one document. */
export const makeWorkplace = ({ folder }: Installation): string => mkdtempSync(join(folder, 'work-'));

/** Runs one step of `document` in its workplace, which is also its home folder. */
export const runFence = (
  step: RunStep,
  document: MarkdownDocument,
  { folder }: Installation,
  workplace: string,
): Promise<CommandResult> => {
  const environment = { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`, HOME: workplace };
  const options = { cwd: workplace, environment };
  if (step.language === 'sh') return run('bash', ['-euo', 'pipefail', '-c', step.fence.text], options);
  return run(process.execPath, [join(folder, `${nameOf(step, document)}.mjs`)], options);
};

/** Writes a ```` ```yaml file=… ```` fence into the working folder. */
export const writeFence = (step: Extract<Step, { kind: 'file' }>, folder: string): void => {
  const path = join(folder, step.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, step.fence.text);
};
