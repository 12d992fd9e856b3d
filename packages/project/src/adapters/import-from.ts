import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve as resolveModule } from 'import-meta-resolve';

/**
 * Imports a package or file as code in one of the folders would, trying them in order.
 * Gives `undefined` when none of them can see it; rejects when it is there and does not load.
 */
export type ImportFrom = (specifier: string, folders: readonly string[]) => Promise<unknown>;

/** The importer of a program: `ownFolders` are tried last, so that what was installed beside the program is found. */
export const importFromFolders =
  (ownFolders: readonly string[]): ImportFrom =>
  async (specifier, folders) => {
    for (const folder of new Set([...folders, ...ownFolders])) {
      const url = resolveFrom(specifier, folder);
      if (url !== undefined) return import(url);
    }
    return undefined;
  };

const absentCodes: ReadonlySet<unknown> = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT']);

/** `createRequire` would refuse packages that export only the `import` condition. */
const resolveFrom = (specifier: string, folder: string): string | undefined => {
  try {
    const url = resolveModule(specifier, pathToFileURL(`${folder}/aegis.yaml`).href);
    return isThere(url) ? url : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && absentCodes.has(error.code)) return undefined;
    throw error;
  }
};

/** A path is resolved whether or not there is anything. */
const isThere = (url: string): boolean => !url.startsWith('file:') || existsSync(fileURLToPath(url));
