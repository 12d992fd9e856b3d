import type { ColumnExpression, KnownKeys, LiteralExpression, Row, RowTest } from '@aegis/spec';
import { constant } from './edges.js';
import { mostSampled } from './evidence-table.js';
import type { FailingCase } from './failing-case.js';

/** Characters of constants in a statement; of more, statements grow too long for some engines. */
const mostText = 30_000;

/**
 * The tests of the cases, in their order. Where the sample of a rule about keys holds all rows that fail, the keys of these
 * are known, and the other rows, or the reference, need not be looked through for them in every statement.
 */
export const knownTests = (cases: readonly FailingCase[], samples: readonly (readonly Row[])[]): readonly RowTest[] => {
  let room = mostText;
  return cases.map(({ test }, index) => {
    const known = test.kind === 'condition' ? undefined : keysIn(test.keys, samples[index] ?? []);
    const text = known?.flat().reduce((sum, { value }) => sum + value.length + 4, 0) ?? 0;
    if (known === undefined || text > room) return test;
    room -= text;
    return { ...test, known };
  });
};

/** `undefined` where the sample may not hold all, or where a key cannot be written as it is compared. */
const keysIn = (keys: readonly ColumnExpression[], sample: readonly Row[]): KnownKeys | undefined => {
  if (sample.length === 0 || sample.length >= mostSampled || keys.some(({ type }) => type.kind === 'float'))
    return undefined;
  const rows = sample.map((row) => keys.flatMap((key) => literalIn(key, row)));
  const distinct = new Map(rows.map((values) => [JSON.stringify(values.map(({ value }) => value)), values]));
  return rows.every(({ length }) => length === keys.length) ? [...distinct.values()] : undefined;
};

const literalIn = (key: ColumnExpression, row: Row): readonly LiteralExpression[] => {
  const value = row[key.name] ?? null;
  const literal = value === null ? undefined : constant(key, value);
  return literal ? [literal] : [];
};
