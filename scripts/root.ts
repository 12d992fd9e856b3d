import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, an absolute path. */
export const root: string = dirname(dirname(fileURLToPath(import.meta.url)));
