import { formatTableName } from '@aegis/rules';
import type { ManifestNode } from './node-schema.js';

/** Parts of a relation as dbt writes it, each in the quotes of one of the engines or free of any. */
const part = /(?:"((?:[^"]|"")+)"|`([^`]+)`|\[([^\]]+)\]|([^".`[\]\s()']+))(\.|$)/y;

/**
 * The table of a node as rules name it. dbt's own name of the relation comes first: it knows which parts the engine has.
 * `undefined` for what is no table, e.g. a file that is read by a function.
 */
export const tableOf = (node: ManifestNode): string | undefined => {
  const parts = node.relation_name === undefined ? nameParts(node) : relationParts(node.relation_name);
  return parts === undefined ? undefined : formatTableName({ kind: 'named', parts });
};

const nameParts = ({ database, schema, identifier, alias, name }: ManifestNode): readonly string[] =>
  [database, schema, identifier ?? alias ?? name].filter((each) => each !== undefined && each !== '') as string[];

/** The parts of a relation's name, or `undefined` where it is none. */
export const relationParts = (relation: string): readonly string[] | undefined => {
  const text = relation.trim();
  const parts: string[] = [];
  part.lastIndex = 0;
  for (let end = false; !end; ) {
    const match = part.exec(text);
    const [, double, back, square, plain, dot] = match ?? [];
    const name = double?.replaceAll('""', '"') ?? back ?? square ?? plain;
    if (name === undefined) return undefined;
    // BigQuery may quote a name as a whole.
    parts.push(...(back !== undefined && parts.length === 0 && dot === '' ? name.split('.') : [name]));
    end = dot === '';
  }
  return parts;
};
