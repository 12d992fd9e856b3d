import { pathToFileURL } from 'node:url';
import type { ImportAdapter } from '@aegis/spec';
import { resolve } from 'import-meta-resolve';

/** Imports as code in the folder would, else as this package does; `undefined` when neither finds it. */
export const importAdapterFrom =
  (folder: string): ImportAdapter =>
  async (specifier) => {
    for (const parent of [pathToFileURL(`${folder}/aegis.yaml`).href, import.meta.url]) {
      const url = resolved(specifier, parent);
      if (url !== undefined) return import(url);
    }
    return undefined;
  };

const resolved = (specifier: string, parent: string): string | undefined => {
  try {
    return resolve(specifier, parent);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};
