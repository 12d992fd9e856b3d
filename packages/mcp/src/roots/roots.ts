import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { isPattern, linksOf } from './pattern-links.js';

/** Folders outside of which no file is read. */
export class Roots {
  /** Absolute, without links. Where none is left, nothing may be read. */
  readonly #folders: readonly string[];

  private constructor(
    folders: readonly string[],
    /** Where relative paths start from. */
    readonly base: string,
  ) {
    this.#folders = folders;
  }

  /** Roots of absolute folders; `within` narrows them to what lies in one of those too. */
  static async of(folders: readonly string[], within?: readonly string[]): Promise<Roots> {
    const own = await Promise.all(folders.map(withoutLinks));
    const base = own[0] ?? sep;
    if (within === undefined) return new Roots(own, base);
    return new Roots(overlaps(own, await Promise.all(within.map(withoutLinks))), base);
  }

  /** Whether an absolute path lies within, links followed as far as it exists; of a pattern, all that it can stand for. */
  async contains(path: string): Promise<boolean> {
    return isAbsolute(path) && this.#containsReal(await withoutLinks(path), new Set());
  }

  async #containsReal(real: string, seen: Set<string>): Promise<boolean> {
    if (!this.#folders.some((folder) => isWithin(real, folder))) return false;
    if (seen.has(real)) return true;
    seen.add(real);
    for (const link of await linksOf(real))
      if (!(await this.#containsReal(await withoutLinks(link), seen))) return false;
    return true;
  }

  /** The path as it was given. @throws ConfigError `usage` outside the roots */
  async check(path: string): Promise<string> {
    if (!path.includes('\0') && (await this.contains(resolve(this.base, path)))) return path;
    throw this.outside(path);
  }

  /** The same for rules: YAML files, or folders of them, whose links lead to no other place. @throws ConfigError `usage` */
  async checkRules(path: string): Promise<string> {
    await this.check(path);
    const absolute = resolve(this.base, path);
    const found = await lstat(await withoutLinks(absolute)).catch(() => undefined);
    if (found?.isDirectory()) await this.#checkLinks(absolute);
    else if (!rulesFile.test(path) || (found === undefined && isPattern(path))) throw notRules(path);
    return path;
  }

  async #checkLinks(folder: string): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const links = entries.filter((entry) => entry.isSymbolicLink() && rulesFile.test(entry.name));
    for (const { parentPath, name } of links) await this.check(join(parentPath, name));
  }

  outside(path: string): ConfigError {
    const [first, ...others] = this.#folders;
    return new ConfigError('usage', `${JSON.stringify(path)} is not within the folders that this server may read`, {
      hint:
        first === undefined
          ? 'None of the folders that the client declares lies within those of --root.'
          : `They are: ${[first, ...others].join(', ')}. Another one is added with --root when the server is started.`,
    });
  }
}

const rulesFile = /\.ya?ml$/i;

const notRules = (path: string): ConfigError =>
  new ConfigError('usage', `${JSON.stringify(path)} is neither a rules file nor a folder`, {
    hint: 'Name files that end in .yaml or .yml, or folders of them; patterns and code are not taken here.',
  });

const isWithin = (path: string, folder: string): boolean => {
  const inner = relative(folder, path);
  return inner === '' || !(inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner));
};

/** What lies in a folder of both lists: the inner folder of each pair. */
const overlaps = (ours: readonly string[], theirs: readonly string[]): readonly string[] => {
  const pairs = ours.flatMap((own) => theirs.map((other) => ({ own, other })));
  const inner = pairs.flatMap(({ own, other }) => {
    if (isWithin(other, own)) return [other];
    return isWithin(own, other) ? [own] : [];
  });
  return [...new Set(inner)];
};

/** The real path, or that of the nearest folder that exists with the rest behind it. */
const withoutLinks = async (path: string): Promise<string> => {
  const absolute = resolve(path);
  const real = await realpath(absolute).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(await withoutLinks(parent), basename(absolute));
};
