import type { JsonSchema } from '../type/params-schema.js';
import { tableNameFormat } from '../type/scalars.js';

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'mapping',
};

/** What may be written, in a few words: `number, 0 to 100`, `list of text`, `minutes | hours | days`. */
export const typeWords = (schema: JsonSchema): string => {
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map(String).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeWords).join(' or ');
  if (schema.type === 'array') return `list of ${typeWords(schema.items ?? {})}`;
  if (schema.format === tableNameFormat) return 'table or data file';
  return `${baseWords(schema)}${rangeWords(schema)}`;
};

const choicesOf = ({ enum: values, const: only, anyOf }: JsonSchema): readonly unknown[] => {
  if (values) return values;
  if (only !== undefined) return [only];
  const branches = anyOf?.map(choicesOf) ?? [];
  return branches.every((branch) => branch.length > 0) ? branches.flat() : [];
};

/** Every number may also be written as text, which is of no interest here. */
const baseWords = ({ type }: JsonSchema): string => {
  const types = typeof type === 'string' ? [type] : (type ?? []);
  if (types.includes('boolean') && types.length > 1) return 'any single value';
  const [first = 'string'] = types;
  return words[first] ?? first;
};

const rangeWords = ({ minimum, maximum }: JsonSchema): string => {
  if (minimum === undefined) return maximum === undefined ? '' : `, at most ${maximum}`;
  return maximum === undefined ? `, at least ${minimum}` : `, ${minimum} to ${maximum}`;
};
