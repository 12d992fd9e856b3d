import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ActionError } from './action-error.ts';

/** A command line that starts Aegis, without its arguments. */
export type Program = readonly [file: string, ...args: string[]];

/** Where to look for it: what was installed, else the project that runs, else the PATH. */
export interface Places {
  /** `undefined` when the action was told not to install. */
  readonly tools: string | undefined;
  readonly workplace: string;
  readonly path: string;
}

/** @throws ActionError when Aegis is in none of the places */
export const findAegis = ({ tools, workplace, path }: Places): Program => {
  const found = tools === undefined ? (inProject(workplace) ?? onPath(path)) : inProject(tools);
  if (found) return found;
  throw new ActionError(
    tools === undefined
      ? 'Aegis is neither a dependency of the project nor on the PATH. Install @aegis/cli in an earlier step, or leave install at true.'
      : 'npm installed no @aegis/cli.',
  );
};

const inProject = (folder: string): Program | undefined => {
  try {
    const manifest = createRequire(join(folder, 'package.json')).resolve('@aegis/cli/package.json');
    return [process.execPath, join(dirname(manifest), binOf(manifest))];
  } catch {
    return undefined;
  }
};

const binOf = (manifest: string): string => {
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly aegis: string } };
  return bin.aegis;
};

/** npm links a command to its script; another kind of program is started as it is. */
const onPath = (path: string): Program | undefined => {
  const folder = path.split(delimiter).find((each) => each !== '' && existsSync(join(each, 'aegis')));
  if (folder === undefined) return undefined;
  const file = realpathSync(join(folder, 'aegis'));
  return file.endsWith('.js') ? [process.execPath, file] : [file];
};
