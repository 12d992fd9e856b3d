import { ConfigError } from '@aegis/spec';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ConvertedRule } from '../conversion.js';
import { contentHash, type GeneratedBy, type Marker, markerSource, readMarker, withMarker } from './marker.js';
import { layOutValues, renderRules, ruleNode, style } from './render-rules.js';

/** What became of a file. Every list holds ids of rules. */
export interface SyncedRules {
  /** The file's text, to the letter where nothing had to change. */
  readonly text: string;
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** Edited by someone, so left as they are; their checks say something else by now. */
  readonly edited: readonly string[];
  /** Their check is no longer converted; they were left in the file. */
  readonly gone: readonly string[];
  /** Not added: a rule that was not generated has the id. */
  readonly taken: readonly string[];
}

/**
 * Brings a generated file up to date. Rules that were edited, rules that were never generated, and comments stay.
 * @throws ConfigError `invalid` for a file that is no list of rules
 */
export const syncRules = (
  text: string,
  rules: readonly ConvertedRule[],
  by: GeneratedBy & { readonly file: string },
): SyncedRules => {
  if (text.trim() === '') return { ...nothing, text: renderRules(rules, by), added: rules.map(({ id }) => id) };
  const document = parseDocument(text);
  const items = ruleItems(document, by);
  const outcome = new Synchronization(document, items, rules, by).apply();
  return { ...outcome, text: outcome.added.length + outcome.updated.length > 0 ? document.toString(style) : text };
};

const nothing = { added: [], updated: [], unchanged: [], edited: [], gone: [], taken: [] } as const;

const ruleItems = (document: Document.Parsed, { file, command }: GeneratedBy & { readonly file: string }): YAMLSeq => {
  const [error] = document.errors;
  const items = isSeq(document.contents) ? document.contents : document.get('rules');
  if (error === undefined && isSeq(items)) return items;
  const fault = error === undefined ? 'is no file of rules' : `is not valid YAML: ${error.message.split('\n')[0]}`;
  throw new ConfigError('invalid', `${file} ${fault}`, {
    hint: `Nothing was written. --sync updates a file that ${command} wrote; name another one with --output.`,
  });
};

interface GeneratedItem {
  readonly node: YAMLMap;
  readonly marker: Marker;
  readonly comment: ItemComment;
}

/** Where the marker above an item is kept: the parser gives the first item's to the list. */
interface ItemComment {
  readonly text: string | null | undefined;
  set(text: string): void;
}

class Synchronization {
  /** By the source in their markers, which several have whose sources differ in blanks alone. */
  readonly #generated = new Map<string, GeneratedItem[]>();
  readonly #ids = new Set<string>();
  readonly #outcome = {
    added: [] as string[],
    updated: [] as string[],
    unchanged: [] as string[],
    edited: [] as string[],
    gone: [] as string[],
    taken: [] as string[],
  };

  constructor(
    private readonly document: Document.Parsed,
    private readonly items: YAMLSeq,
    private readonly rules: readonly ConvertedRule[],
    private readonly by: GeneratedBy,
  ) {
    for (const [index, node] of items.items.entries()) if (isMap(node)) this.#read(node, index);
  }

  apply() {
    const rules = Map.groupBy(this.rules, ({ source }) => markerSource(source));
    const present = new Map([...rules].flatMap(([source, each]) => pairs(each, this.#generated.get(source) ?? [])));
    for (const rule of this.rules) this.#bring(rule, present.get(rule));
    const left = new Set([...this.#generated.values()].flat());
    for (const item of present.values()) if (item) left.delete(item);
    for (const { node } of left) this.#outcome.gone.push(idOf(node));
    return this.#outcome;
  }

  #read(node: YAMLMap, index: number): void {
    const comment = commentOf(this.items, node, index, this.by);
    const marker = readMarker(comment.text, this.by);
    if (marker)
      this.#generated.set(marker.source, [...(this.#generated.get(marker.source) ?? []), { node, marker, comment }]);
    this.#ids.add(idOf(node));
  }

  #bring(rule: ConvertedRule, present: GeneratedItem | undefined): void {
    const hash = contentHash(rule.document);
    if (present === undefined) this.#add(rule);
    else if (contentHash(present.node.toJSON()) !== present.marker.hash) this.#leave(rule, present, hash);
    else if (present.marker.hash === hash) this.#outcome.unchanged.push(rule.id);
    else this.#update(rule, present, hash);
  }

  #add(rule: ConvertedRule): void {
    if (this.#ids.has(rule.id)) {
      this.#outcome.taken.push(rule.id);
      return;
    }
    this.items.add(ruleNode(this.document, rule, this.by));
    this.#ids.add(rule.id);
    this.#outcome.added.push(rule.id);
  }

  /** An edited rule; what it was edited from may have changed meanwhile. */
  #leave(rule: ConvertedRule, { node, marker }: GeneratedItem, hash: string): void {
    if (marker.hash === hash || contentHash(node.toJSON()) === hash) this.#outcome.unchanged.push(idOf(node));
    else this.#outcome.edited.push(idOf(node) || rule.id);
  }

  #update(rule: ConvertedRule, { node, comment, marker }: GeneratedItem, hash: string): void {
    mergeInto(this.document, node, rule.document);
    layOutValues(node);
    comment.set(withMarker(comment.text, { source: marker.source, hash }, this.by));
    this.#outcome.updated.push(rule.id);
  }
}

/** Rules with what was generated of them: what has their id, else what is left. */
const pairs = (rules: readonly ConvertedRule[], items: readonly GeneratedItem[]) => {
  const named = rules.map(({ id }) => items.find(({ node }) => idOf(node) === id));
  const left = items.filter((item) => !named.includes(item));
  return rules.map((rule, index) => [rule, named[index] ?? left.shift()] as const);
};

const commentOf = (items: YAMLSeq, node: YAMLMap, index: number, by: GeneratedBy): ItemComment => {
  const holder = index === 0 && readMarker(node.commentBefore, by) === undefined ? items : node;
  return {
    text: holder.commentBefore,
    set: (text) => {
      holder.commentBefore = text;
    },
  };
};

const idOf = (node: YAMLMap): string => String(node.getIn(['metadata', 'id']) ?? '');

/** Sets what differs and removes what is gone; nodes that stay keep their comments. */
const mergeInto = (document: Document.Parsed, node: YAMLMap, wanted: object): void => {
  const entries = Object.entries(wanted);
  for (const key of Object.keys(node.toJSON() as object)) if (!Object.hasOwn(wanted, key)) node.delete(key);
  for (const [key, value] of entries) {
    const present = node.get(key);
    if (isMap(present) && isMapping(value)) mergeInto(document, present, value);
    else if (contentHash(plain(present)) !== contentHash(value)) node.set(key, document.createNode(value));
  }
};

const isMapping = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plain = (node: unknown): unknown => (isSeq(node) || isMap(node) ? node.toJSON() : (node ?? null));
