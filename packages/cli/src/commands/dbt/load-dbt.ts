import type { CliEffects } from '../../cli-effects.js';
import { readNamedFile } from '../named-file.js';
import { loadOptionalPackage } from '../optional-package.js';

/** What the commands use of the package, which is installed only where someone uses dbt. */
export type DbtPackage = Pick<
  typeof import('@aegis/dbt'),
  | 'convertManifest'
  | 'openDbtProject'
  | 'readManifest'
  | 'renderRules'
  | 'summaryLines'
  | 'syncRules'
  | 'toRunResults'
  | 'withWarehouse'
>;

/** @throws ConfigError `missing-adapter` with the install command */
export const loadDbt = (effects: Pick<CliEffects, 'importFrom' | 'cwd'>): Promise<DbtPackage> =>
  loadOptionalPackage(
    { name: '@aegis/dbt', command: 'aegis dbt', exports: ['convertManifest', 'toRunResults'] },
    effects,
  );

/**
 * The text of a manifest. Beyond 500 MB it does not fit into memory as one piece.
 * @throws ConfigError `not-found` or `invalid`
 */
export const readManifestFile = (file: string, cwd: string): Promise<string> =>
  readNamedFile(file, cwd, {
    missingHint: 'Run `dbt compile` in the project, then name its target/manifest.json.',
    folderHint: 'Name the file manifest.json in it.',
    largestMegabytes: 500,
  });
