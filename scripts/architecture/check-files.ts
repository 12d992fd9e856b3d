import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasCheckedExample } from '../documents/fences.js';
import { isAdapter } from './check-manifest.js';
import { error, type Finding, warning } from './finding.js';
import { readModule } from './imports.js';
import { isPublished, isShippedSource, isTestFile, type Workspace, type WorkspacePackage } from './workspace.js';

const longestFile = 400;

/** Names that say nothing about what is inside. */
const emptyNames = /(^|[-/])(utils?|commons?|helpers?|managers?|misc|impl)([-./]|$)/;

/** How the files of each package are named, where they lie and what they hold. */
export const checkFiles = (workspace: Workspace): readonly Finding[] =>
  workspace.packages.flatMap((pkg) => [
    ...(isPublished(pkg) ? [...checkReadme(workspace, pkg), ...checkTests(pkg)] : []),
    ...(isAdapter(pkg.folder) ? checkAdapterFiles(workspace, pkg) : []),
    ...pkg.files.filter((file) => file.startsWith('src/')).flatMap((file) => checkSource(workspace, pkg, file)),
  ]);

const checkReadme = ({ root }: Workspace, { folder, manifest }: WorkspacePackage): readonly Finding[] => {
  const place = `${folder}/README.md`;
  if (!existsSync(join(root, place))) return [error(place, 'is missing')];
  const text = readFileSync(join(root, place), 'utf8');
  return [
    ...(text.startsWith(`# ${manifest.name}\n`) ? [] : [error(place, `must begin with "# ${manifest.name}"`)]),
    ...(hasCheckedExample(text) ? [] : [error(place, 'has no example marked "ts run", "sh run" or "ts check"')]),
  ];
};

const checkTests = ({ folder, files }: WorkspacePackage): readonly Finding[] => [
  ...(files.some((file) => file.startsWith('src/') && isTest(file))
    ? []
    : [error(folder, 'has no test beside its sources')]),
  ...files
    .filter((file) => isTest(file) && (!file.startsWith('src/') || /(^|\/)(tests?|__tests__)\//.test(file)))
    .map((file) => error(`${folder}/${file}`, 'tests lie beside the source they test, in src')),
];

const isTest = (file: string) => /\.test(-d)?\.tsx?$/.test(file);

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const isFileName = (file: string) =>
  basename(file)
    .split('.')
    .every((part) => kebab.test(part));
/** Rule types are snake_case, as in YAML; fixture folders have underscores around them. */
const isFolderName = (name: string, parent: string | undefined) =>
  kebab.test(name) || /^__[a-z-]+__$/.test(name) || (parent === 'types' && /^[a-z0-9]+(_[a-z0-9]+)*$/.test(name));

const checkSource = ({ root }: Workspace, { folder }: WorkspacePackage, file: string): readonly Finding[] => {
  const place = `${folder}/${file}`;
  const folders = dirname(file).split('/');
  const namedWell = isFileName(file) && folders.every((name, index) => isFolderName(name, folders[index - 1]));
  return [
    ...(namedWell ? [] : [error(place, 'file and folder names are kebab-case')]),
    ...(emptyNames.test(file) ? [error(place, 'the name says nothing about what is inside')] : []),
    ...checkText(place, file, readFileSync(join(root, place), 'utf8')),
  ];
};

const checkText = (place: string, file: string, text: string): readonly Finding[] => {
  const lines = text.split('\n').length - 1;
  return [
    ...(basename(file) === 'index.ts'
      ? readModule(place, text).starExports.map((line) => error(`${place}:${line}`, 'an index names what it exports'))
      : []),
    ...(lines > longestFile && isShippedSource(file) && !isTestFile(file)
      ? [warning(place, `${lines} lines: look for the second noun`)]
      : []),
  ];
};

/** The same files in every adapter, so that a reader of one can read all. */
const adapterFiles: { readonly [kind: string]: readonly string[] } = {
  warehouse: ['index.ts', '*-warehouse.ts', '*-options.ts', '*-errors.ts', '*-values.ts', '*.conformance.test.ts'],
  llm: [
    ...['index.ts', '*-model.ts', '*-options.ts', '*-messages.ts', '*-usage.ts', '*-errors.ts'],
    ...['*.conformance.test.ts', '__fixtures__'],
  ],
};

const checkAdapterFiles = ({ root }: Workspace, { folder, shortName }: WorkspacePackage): readonly Finding[] => {
  const [kind = '', name = ''] = shortName.split(/-(.*)/);
  return (adapterFiles[kind] ?? [])
    .map((pattern) => `${folder}/src/${pattern.replace('*', name)}`)
    .filter((place) => !existsSync(join(root, place)))
    .map((place) => error(place, 'is missing: every adapter has the same files'));
};
