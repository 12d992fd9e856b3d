import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { ExactNumber } from '../type/exact-number.js';
import { shorten } from '../type/value-text.js';
import type { Positions } from './positions.js';
import { isMapping } from './rule-document.js';

/** What aliases may add to a document, in values. More than any hand-written file, far less than a bomb. */
const maxAliasedValues = 1_000_000;

interface Anchored {
  readonly value: unknown;
  readonly size: number;
}

/** `offset` is where the mistake is. */
export type ReportMistake = (offset: number, message: string, hint?: string) => void;

/**
 * Turns parsed YAML into plain values: mappings and lists, text, booleans, null, and numbers as {@link ExactNumber}.
 * The library's own conversion would read numbers as floats and compare every key of a mapping with every other.
 */
export class YamlValues {
  readonly #anchors = new Map<string, Anchored>();
  #size = 0;
  #aliased = 0;

  constructor(
    private readonly positions: Positions,
    private readonly report: ReportMistake,
  ) {}

  convert(document: Document.Parsed): unknown {
    return document.contents ? this.#node(document.contents) : null;
  }

  #node(node: ParsedNode): unknown {
    if (isAlias(node)) return this.#alias(node);
    const before = this.#size;
    this.#size += 1;
    const value = this.#value(node);
    if (node.anchor) this.#anchors.set(node.anchor, { value, size: this.#size - before });
    return value;
  }

  #value(node: Exclude<ParsedNode, Alias.Parsed>): unknown {
    if (isMap(node)) return this.#mapping(node);
    return isSeq(node) ? this.#list(node) : scalarValue(node);
  }

  #alias({ source, range }: Alias.Parsed): unknown {
    const anchored = this.#anchors.get(source);
    if (!anchored) {
      this.report(range[0], `unknown alias *${source}`, `Write &${source} at a value above this line.`);
      return null;
    }
    this.#size += anchored.size;
    this.#aliased += anchored.size;
    if (this.#aliased <= maxAliasedValues) return anchored.value;
    this.report(range[0], 'aliases repeat too many values', 'Write fewer aliases of aliases.');
    return null;
  }

  #list(node: YAMLSeq.Parsed): unknown[] {
    const list: unknown[] = [];
    this.positions.addContainer(list, node.range[0]);
    for (const [index, item] of node.items.entries()) {
      list.push(this.#node(item));
      this.positions.addEntry(list, index, { key: offsetOf(item), value: offsetOf(item) });
    }
    return list;
  }

  #mapping(node: YAMLMap.Parsed): unknown {
    const mapping: Record<string, unknown> = {};
    const merged: { readonly value: unknown; readonly offset: number }[] = [];
    this.positions.addContainer(mapping, node.range[0]);
    for (const pair of node.items) {
      if (isMergeKey(pair)) merged.push({ value: this.#pairValue(pair), offset: offsetOf(pair.key) });
      else this.#entry(mapping, pair);
    }
    for (const { value, offset } of merged) this.#merge(mapping, value, offset);
    return mapping;
  }

  #entry(mapping: Record<string, unknown>, pair: Pair<ParsedNode, ParsedNode | null>): void {
    const key = keyText(pair.key);
    const offset = offsetOf(pair.key);
    const value = this.#pairValue(pair);
    if (key === undefined) this.report(offset, 'a key must be a word', 'Put the key in quotes.');
    else if (Object.hasOwn(mapping, key))
      this.report(offset, `key "${shorten(key)}" is written twice`, 'Keep one of the two.');
    else {
      setKey(mapping, key, value);
      this.positions.addEntry(mapping, key, { key: offset, value: pair.value ? offsetOf(pair.value) : offset });
    }
  }

  #pairValue({ value }: Pair<ParsedNode, ParsedNode | null>): unknown {
    return value ? this.#node(value) : null;
  }

  /** `<<` brings in what the mapping does not say itself; of several, the first wins. */
  #merge(mapping: Record<string, unknown>, source: unknown, offset: number): void {
    for (const from of Array.isArray(source) ? source : [source]) {
      if (isMapping(from)) this.#copyMissing(from, mapping);
      else this.report(offset, '`<<` must be an alias of a mapping, or a list of such aliases');
    }
  }

  #copyMissing(from: Readonly<Record<string, unknown>>, to: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(from)) {
      if (Object.hasOwn(to, key)) continue;
      setKey(to, key, value);
      this.positions.copyEntry(from, to, key);
    }
  }
}

const offsetOf = (node: ParsedNode): number => node.range[0];

/** Assigning the key `__proto__` would not make a key. */
const setKey = (mapping: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== '__proto__') mapping[key] = value;
  else Object.defineProperty(mapping, key, { value, enumerable: true, writable: true, configurable: true });
};

const isMergeKey = ({ key }: Pair<ParsedNode, ParsedNode | null>): boolean =>
  isScalar(key) && key.source === '<<' && key.type === 'PLAIN';

const keyText = (key: ParsedNode): string | undefined => {
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
};

const scalarValue = ({ value, source }: Scalar.Parsed): unknown => {
  if (typeof value === 'number' || typeof value === 'bigint') return new ExactNumber(source);
  return value === null || typeof value === 'boolean' || typeof value === 'string' ? value : source;
};
