import { resolve } from 'node:path';
import type { Host } from '../server/server-options.js';

/** The folders that a server was started with, absolute; the working directory where none were named. */
export const hostFolders = ({ options, effects }: Pick<Host, 'options' | 'effects'>): readonly string[] =>
  (options.roots ?? ['.']).map((folder) => resolve(effects.cwd, folder));
