import type { Random } from '../random.js';
import type { Feature, Features } from './features.js';
import type { Column, Relation, ValueType } from './schema.js';

/** Where in a statement something is being generated. */
export interface Context {
  readonly random: Random;
  readonly features: Features;
  /** How much deeper queries and expressions may nest. */
  readonly depth: number;
  /** What the expressions of this query see, outer queries included. */
  readonly visible: readonly Relation[];
  /** What FROM may read: tables and common table expressions. */
  readonly readable: readonly Relation[];
  /** Gives every alias its number. */
  readonly counter: { next: number };
}

export const deeper = (context: Context, changes: Partial<Context> = {}): Context => ({
  ...context,
  depth: context.depth - 1,
  ...changes,
});

export const can = ({ features }: Context, feature: Feature): boolean => features.has.has(feature);

const quoted = ({ features }: Context, name: string): string => `${features.quote}${name}${features.quote}`;

/** Columns of a type that can be named here, with the relation in front. */
export const columnsOf = ({ visible }: Context, type: ValueType): readonly string[] =>
  visible.flatMap(({ name, columns }) =>
    columns.filter((column: Column) => column.type === type).map((column) => `${name}.${column.name}`),
  );

/** Words that only look like SQL, in quotes. */
const oddNames = [
  'select',
  'drop table x',
  "it's",
  'a--b',
  'a/*b',
  'größe',
  '日本',
  'Mixed Case',
  'a;b',
  '$1',
  '{table}',
];

/** A name that nothing else has: plain, in quotes, or in quotes and odd. */
export const newName = (context: Context): string => {
  const { random, counter } = context;
  counter.next += 1;
  const plain = `${random.pick(['a', 't', 'Total', 'x_', 'ünï'])}${counter.next}`;
  const canBeUnicode = context.features.quote === '"';
  if (random.chance(0.6)) return canBeUnicode ? plain : plain.replace('ünï', 'u');
  return quoted(context, random.chance(0.5) ? plain : `${random.pick(oddNames)}${counter.next}`);
};
