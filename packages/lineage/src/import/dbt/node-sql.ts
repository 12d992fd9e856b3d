import type { DatasetName } from '../../names/dataset-name.js';
import { joinParts } from '../../names/parts.js';
import { type JsonRecord, textOf } from '../reading.js';
import type { ManifestNode } from './manifest-node.js';

/** The SQL of a model. `isCompiled` is false where dbt did not compile it and its references were filled in here. */
export interface NodeSql {
  readonly sql: string | null;
  readonly isCompiled: boolean;
}

/** Finds what `ref` and `source` mean; `undefined` where it is not certain. */
export type FindReference = (kind: 'ref' | 'source', words: readonly string[]) => DatasetName | undefined;

export const sqlOfNode = ({ record }: ManifestNode, find: FindReference, self: DatasetName): NodeSql => {
  const compiled = textOf(record.compiled_code) ?? textOf(record.compiled_sql);
  if (compiled !== undefined) return { sql: compiled, isCompiled: true };
  return { sql: fillIn(rawSql(record), find, self), isCompiled: false };
};

const rawSql = (record: JsonRecord): string => textOf(record.raw_code) ?? textOf(record.raw_sql) ?? '';

const comment = /\{#.*?#\}/gs;
const configuration = /\{\{[-+]?\s*config\s*\((?:[^{}]|\{[^{}]*\})*\)\s*[-+]?\}\}/gs;
const reference =
  /\{\{[-+]?\s*(ref|source)\s*\(\s*((?:'[^']*'|"[^"]*"|[\s,]|(?:v|version)\s*=\s*['"]?[\w.]+['"]?)*)\)\s*[-+]?\}\}/gs;
const itself = /\{\{[-+]?\s*this\s*[-+]?\}\}/g;

/** Plain references become names; SQL with any other Jinja is not known. */
const fillIn = (raw: string, find: FindReference, self: DatasetName): string | null => {
  const filled = raw
    .replace(comment, '')
    .replace(configuration, '')
    .replace(itself, () => written(self))
    .replace(reference, (whole, kind: string, words: string) => {
      const found = find(kind === 'source' ? 'source' : 'ref', wordsOf(words));
      return found ? written(found) : whole;
    });
  return /\{[{%]/.test(filled) || filled.trim() === '' ? null : filled;
};

const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:(?:v|version)\s*=\s*['"]?([\w.]+)['"]?)|'([^']*)'|"([^"]*)"/g)].map(
    ([, version, single, double]) => (version === undefined ? (single ?? double ?? '') : `v${version}`),
  );

const written = ({ kind, name, parts }: DatasetName): string => (kind === 'file' ? `'${name}'` : joinParts(parts));
