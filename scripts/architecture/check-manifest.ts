import { error, type Finding } from './finding.js';
import { entrySpecifiers, isPublished, type Manifest, type Workspace, type WorkspacePackage } from './workspace.js';

/** What every published package.json says. */
export const checkManifests = (workspace: Workspace): readonly Finding[] =>
  workspace.packages
    .filter(isPublished)
    .flatMap((pkg) => faults(pkg, workspace).map((message) => error(`${pkg.folder}/package.json`, message)));

const faults = (
  { manifest, folder, shortName }: WorkspacePackage,
  { rootManifest, paths }: Workspace,
): readonly string[] => [
  ...fixedFields(manifest, rootManifest),
  ...Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => exportFaults(subpath, target)),
  ...(manifest.exports?.['./package.json'] ? [] : ['exports must list ./package.json']),
  ...(isAdapter(folder) ? adapterFaults(manifest, shortName) : []),
  ...entrySpecifiers({ manifest })
    .filter((specifier) => !paths.has(specifier))
    .map(
      (specifier) =>
        `${specifier} has no line under paths in the root's tsconfig.json, so tests cannot run on its source`,
    ),
];

const fixedFields = (manifest: Manifest, rootManifest: Manifest): readonly string[] => {
  const expected: readonly (readonly [unknown, unknown, string])[] = [
    [manifest.type, 'module', 'type must be "module"'],
    [manifest.sideEffects, false, 'sideEffects must be false'],
    [manifest.license, rootManifest.license, `license must be ${rootManifest.license}`],
    [
      manifest.engines?.node,
      rootManifest.engines?.node,
      `engines.node must be ${rootManifest.engines?.node}, as at the root`,
    ],
    [manifest.publishConfig?.access, 'public', 'publishConfig.access must be "public"'],
    [manifest.publishConfig?.provenance, true, 'publishConfig.provenance must be true'],
    [(manifest.description ?? '').length > 0, true, 'description is missing'],
    [
      ['dist', 'README.md', 'LICENSE'].every((name) => manifest.files?.includes(name)),
      true,
      'files must list dist, README.md and LICENSE',
    ],
  ];
  return expected.filter(([actual, wanted]) => actual !== wanted).map(([, , message]) => message);
};

const exportFaults = (
  subpath: string,
  target: string | { readonly [condition: string]: string },
): readonly string[] => {
  if (subpath === './package.json') return [];
  if (subpath.includes('*')) return [`exports ${subpath}: name each entry`];
  const conditions = typeof target === 'string' ? [] : Object.keys(target);
  return conditions.join() === 'types,default' ? [] : [`exports ${subpath} must list types, then default`];
};

export const isAdapter = (folder: string): boolean => /(^|\/)(warehouse|llm)-adapters\//.test(folder);

const adapterFaults = (manifest: Manifest, shortName: string): readonly string[] => [
  ...('@aegis/spec' in { ...manifest.peerDependencies } ? [] : ['an adapter has @aegis/spec in peerDependencies']),
  ...(/^(warehouse|llm)-[a-z0-9]+$/.test(shortName)
    ? []
    : ['an adapter is named @aegis/warehouse-<name> or @aegis/llm-<name>']),
];
