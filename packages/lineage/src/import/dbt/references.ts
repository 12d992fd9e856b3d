import { textOf } from '../reading.js';
import type { ManifestNode } from './manifest-node.js';

/** Finds nodes by the words of `ref('…')` and `source('…', '…')`. */
export class References {
  readonly #byWords = new Map<string, ManifestNode[]>();

  constructor(nodes: Iterable<ManifestNode>) {
    for (const node of nodes) for (const words of wordsOf(node)) this.#add(words, node);
  }

  /** `undefined` where no node or several have these words. */
  find(kind: 'ref' | 'source', words: readonly string[]): ManifestNode | undefined {
    const found = this.#byWords.get(`${kind} ${words.join('\n')}`) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  #add(words: string, node: ManifestNode): void {
    const known = this.#byWords.get(words);
    if (known) known.push(node);
    else this.#byWords.set(words, [node]);
  }
}

const wordsOf = ({ type, record }: ManifestNode): readonly string[] => {
  const [name, owner] = [textOf(record.name) ?? '', textOf(record.package_name) ?? ''];
  if (type === 'source') return [`source ${textOf(record.source_name) ?? ''}\n${name}`];
  if (type !== 'model' && type !== 'seed' && type !== 'snapshot') return [];
  const { version, latest_version: latest } = record;
  const versioned =
    version === undefined || version === null ? [] : [`ref ${name}\nv${version}`, `ref ${owner}\n${name}\nv${version}`];
  const isPlain = versioned.length === 0 || version === latest;
  return [...versioned, ...(isPlain ? [`ref ${name}`, `ref ${owner}\n${name}`] : [])];
};
