import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestedAction } from './run-action.js';

interface Entry {
  readonly key: string;
  readonly path: string;
  readonly ref: string;
  readonly copy: string;
}

/** The cache of a repository, as `actions/cache` sees it: entries never change, and belong to the branch that made them. */
export class ActionsCache {
  readonly #entries: Entry[] = [];

  get keys(): readonly string[] {
    return this.#entries.map(({ key }) => key);
  }

  /** Both halves of the action, for a run on `ref` that may also read what `readable` branches kept. */
  actions(ref: string, readable: readonly string[]): { readonly [name: string]: NestedAction } {
    return {
      'actions/cache/restore': ({ path = '', key = '', 'restore-keys': others = '' }) => {
        const prefixes = others.split('\n').filter((each) => each !== '');
        for (const each of [key, ...prefixes]) checkKey(each);
        const found = this.#find(path, key, prefixes, [ref, ...readable]);
        if (found) cpSync(found.copy, path, { recursive: true });
        return { 'cache-hit': found ? String(found.key === key) : '', 'cache-matched-key': found?.key ?? '' };
      },
      'actions/cache/save': ({ path = '', key = '' }) => {
        checkKey(key);
        if (!existsSync(path)) throw new Error(`Path does not exist: ${path}`);
        if (this.#entries.some((entry) => entry.key === key && entry.ref === ref)) return {};
        const copy = mkdtempSync(join(tmpdir(), 'aegis-cache-'));
        cpSync(path, copy, { recursive: true });
        this.#entries.push({ key, path, ref, copy });
        return {};
      },
    };
  }

  /** An exact key, else the latest entry that begins with one of the prefixes; of the same path only. */
  #find(path: string, key: string, prefixes: readonly string[], refs: readonly string[]): Entry | undefined {
    const usable = this.#entries.filter((entry) => entry.path === path && refs.includes(entry.ref));
    const begins = prefixes.map((prefix) => usable.findLast((entry) => entry.key.startsWith(prefix)));
    return usable.find((entry) => entry.key === key) ?? begins.find((entry) => entry !== undefined);
  }
}

const checkKey = (key: string): void => {
  if (key === '' || key.length > 512 || key.includes(',')) throw new Error(`Key Validation Error: ${key}`);
};
