import { browserSafe } from '../architecture/arrows.js';
import { entrySpecifiers, isPublished, type Workspace } from '../architecture/workspace.js';

/** Something that a user's program or shell loads. */
export interface Entry {
  /** Import specifier, or `<package> (<command>)` for a command. */
  readonly name: string;
  /** Source, relative to the root. */
  readonly file: string;
  /** Its size counts third-party packages too: a browser loads all of it. */
  readonly isBrowserSafe: boolean;
}

/** Every entry of every published package, commands included. */
export const entriesOf = ({ packages, paths }: Workspace): readonly Entry[] =>
  packages.filter(isPublished).flatMap((pkg): readonly Entry[] => {
    const imports = entrySpecifiers(pkg).flatMap((name) => {
      const file = paths.get(name);
      return file
        ? [{ name, file, isBrowserSafe: name === pkg.manifest.name && browserSafe.includes(pkg.shortName) }]
        : [];
    });
    const commands = Object.entries(pkg.manifest.bin ?? {}).map(([command, path]) => ({
      name: `${pkg.manifest.name} (${command})`,
      file: `${pkg.folder}/${path.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts')}`,
      isBrowserSafe: false,
    }));
    return [...imports, ...commands];
  });
