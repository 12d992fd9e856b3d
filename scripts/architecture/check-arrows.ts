import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Arrow, arrowOf, isListed, langchain } from './arrows.js';
import { error, type Finding } from './finding.js';
import { type ImportedModule, packageOf, readModule } from './imports.js';
import { type Dependencies, isShippedSource, type Workspace, type WorkspacePackage } from './workspace.js';

const scope = '@aegis/';

/** Dependencies and imports that point where the table of arrows does not. */
export const checkArrows = (workspace: Workspace): readonly Finding[] =>
  workspace.packages.flatMap((pkg) => {
    const arrow = arrowOf(pkg.shortName);
    if (!arrow)
      return [
        error(`${pkg.folder}/package.json`, `${pkg.manifest.name} has no line in scripts/architecture/arrows.ts`),
      ];
    return [...checkManifest(pkg, arrow), ...checkImports(workspace, pkg, arrow)];
  });

const checkManifest = (pkg: WorkspacePackage, arrow: Arrow): readonly Finding[] => {
  const { dependencies, peerDependencies, devDependencies, optionalDependencies } = pkg.manifest;
  const shipped = { ...dependencies, ...optionalDependencies, ...peerDependencies };
  const place = `${pkg.folder}/package.json`;
  return [
    ...(arrow.standalone && Object.keys(shipped).length > 0 ? [error(place, 'must have no dependencies')] : []),
    ...internal(shipped)
      .filter((name) => !mayDependOn(arrow, name))
      .map((name) => error(place, `may not depend on ${scope}${name}`)),
    ...internal(devDependencies)
      .filter((name) => !mayDependOn(arrow, name) && !mayDevelopWith(arrow, name))
      .map((name) => error(place, `may not depend on ${scope}${name}, not even for development`)),
  ];
};

const internal = (dependencies: Dependencies | undefined): readonly string[] =>
  Object.keys(dependencies ?? {})
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length));

const withoutSubpath = (specifiers: readonly string[] | undefined) =>
  (specifiers ?? []).map((specifier) => specifier.split('/')[0] ?? specifier);

const mayDependOn = ({ uses, lazily, finds }: Arrow, name: string) =>
  isListed(withoutSubpath([...uses, ...(lazily ?? []), ...(finds ?? [])]), name);

const mayDevelopWith = ({ inTests, bundles }: Arrow, name: string) =>
  isListed(withoutSubpath([...(inTests ?? []), ...(bundles ?? [])]), name);

const checkImports = (workspace: Workspace, pkg: WorkspacePackage, arrow: Arrow): readonly Finding[] =>
  pkg.files.flatMap((file) => {
    const path = `${pkg.folder}/${file}`;
    const { imports } = readModule(path, readFileSync(join(workspace.root, path), 'utf8'));
    return imports.flatMap((imported) => {
      const message = faultOf(imported, { pkg, arrow, file });
      return message ? [error(`${path}:${imported.line}`, message)] : [];
    });
  });

interface ImportPlace {
  readonly pkg: WorkspacePackage;
  readonly arrow: Arrow;
  /** Relative to the package. */
  readonly file: string;
}

const faultOf = (imported: ImportedModule, place: ImportPlace): string | undefined => {
  const { specifier } = imported;
  const name = packageOf(specifier);
  if (name === undefined) return escapes(specifier, place) ? `${specifier} leaves the package` : undefined;
  if (specifier.startsWith(scope)) return internalFault(imported, place);
  if (langchain.packages.test(specifier) && !langchain.allowed.test(`${place.pkg.folder}/${place.file}`))
    return `only core's graph, state and checkpoint files import ${specifier}`;
  return declaredFault(name, place);
};

const escapes = (specifier: string, { file }: ImportPlace) =>
  file.startsWith('src/') &&
  specifier.startsWith('.') &&
  !posix.join(posix.dirname(file), specifier).startsWith('src/') &&
  !specifier.endsWith('/package.json');

const internalFault = ({ specifier, kind }: ImportedModule, place: ImportPlace): string | undefined => {
  const { pkg, arrow, file } = place;
  if (packageOf(specifier) === pkg.manifest.name) return undefined;
  const target = specifier.slice(scope.length);
  if (isListed(arrow.uses, target) || (!isShippedSource(file) && isListed(arrow.inTests, target)))
    return declaredFault(packageOf(specifier) ?? specifier, place);
  if (isListed(arrow.lazily, target))
    return kind === 'static' ? `${specifier} may only be imported with import()` : undefined;
  return `${pkg.manifest.name} may not import ${specifier}`;
};

/**
 * Inside a workspace an undeclared import may resolve all the same. That what a tarball imports is more than a development
 * dependency is checked on the tarball: a build may have taken it in.
 */
const declaredFault = (name: string, { pkg }: ImportPlace): string | undefined => {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = pkg.manifest;
  const declared = { ...dependencies, ...peerDependencies, ...optionalDependencies, ...devDependencies };
  const isDeclared = name in declared || `@types/${name}` in declared || isRootTool(name);
  return isDeclared ? undefined : `${name} is not among the dependencies of ${pkg.manifest.name}`;
};

/** Declared once, at the root, for every package's tests and build configuration. */
const isRootTool = (name: string) => ['vitest', 'tsup', 'typescript'].includes(name);
