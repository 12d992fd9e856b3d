import type { CliEffects } from '../../cli-effects.js';
import { readNamedFile } from '../named-file.js';
import { loadOptionalPackage } from '../optional-package.js';

/** What the commands use of the package, which is installed only where someone uses contracts. */
export type ContractsPackage = Pick<
  typeof import('@aegis/contracts'),
  'checkContract' | 'exportContract' | 'importChecks' | 'renderRules' | 'summaryLines' | 'syncRules'
>;

/** @throws ConfigError `missing-adapter` with the install command */
export const loadContracts = (effects: Pick<CliEffects, 'importFrom' | 'cwd'>): Promise<ContractsPackage> =>
  loadOptionalPackage(
    { name: '@aegis/contracts', command: 'aegis contract', exports: ['checkContract', 'exportContract'] },
    effects,
  );

/**
 * The text of a file of checks.
 * @throws ConfigError `not-found` or `invalid`
 */
export const readChecksFile = (file: string, cwd: string): Promise<string> =>
  readNamedFile(file, cwd, {
    missingHint: 'Name a data contract (ODCS), checks of Soda or a suite of Great Expectations.',
    folderHint: 'Name one file in it.',
    largestMegabytes: 10,
  });
