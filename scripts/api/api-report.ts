import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { entrySpecifiers, isPublished, type Workspace, type WorkspacePackage } from '../architecture/workspace.js';

/** The declarations that one entry of a package publishes. */
export interface PublishedEntry {
  readonly specifier: string;
  /** File name of the report: `sql.md`, `sql.guard.md`. */
  readonly reportName: string;
  /** Absolute path of the built `.d.ts`. */
  readonly declarations: string;
  /** Absolute path. */
  readonly packageJson: string;
}

export const publishedEntries = ({ root, packages }: Workspace): readonly PublishedEntry[] =>
  packages
    .filter(isPublished)
    .flatMap((pkg) => entrySpecifiers(pkg).map((specifier) => publishedEntry(root, pkg, specifier)));

const publishedEntry = (
  root: string,
  { folder, shortName, manifest }: WorkspacePackage,
  specifier: string,
): PublishedEntry => {
  const subpath = specifier.slice(manifest.name.length + 1);
  const target = manifest.exports?.[subpath ? `./${subpath}` : '.'];
  const types = typeof target === 'object' ? target.types : undefined;
  if (!types) throw new Error(`${specifier} has no types in ${folder}/package.json`);
  return {
    specifier,
    reportName: `${[shortName, ...subpath.split('/').filter(Boolean)].join('.')}.md`,
    declarations: join(root, folder, types),
    packageJson: join(root, folder, 'package.json'),
  };
};

const compilerOptions = {
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  target: 'ES2023',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

const silent = { default: { logLevel: ExtractorLogLevel.None } };

/** The API of a built entry as text, in an order that does not depend on the source. `scratch` is a folder for its use. */
export const apiReport = (root: string, entry: PublishedEntry, scratch: string): string => {
  const reportFolder = join(scratch, 'reports');
  mkdirSync(reportFolder, { recursive: true });
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: entry.packageJson,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      newlineKind: 'lf',
      mainEntryPointFilePath: entry.declarations,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry.declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: 'entry.api.md',
        reportFolder,
        reportTempFolder: join(scratch, 'temporary'),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  if (!succeeded) throw new Error(`the API of ${entry.specifier} could not be read from ${entry.declarations}`);
  return titled(entry.specifier, readFileSync(join(reportFolder, 'entry.api.md'), 'utf8'));
};

/** Only declarations, under the name that users import: a report changes when the API does, not when a comment does. */
const titled = (specifier: string, report: string) => {
  const declarations = report
    .slice(report.indexOf('```ts'))
    .replace(/^[ \t]*\/\/ (@public|\(undocumented\)|\(No @packageDocumentation).*\r?\n/gm, '')
    .replace(/\n{3,}/g, '\n\n');
  return `# ${specifier}\n\n${declarations}`;
};
