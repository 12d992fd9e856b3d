import fc from 'fast-check';
import type { GeneratedRule, Limit, Predicate, RuleOf, RuleTypeName, Surroundings, World } from '../world.js';
import { paramGenerators } from './params.js';
import { predicates } from './predicates.js';

/** What besides its params a type understands. */
interface Allowance {
  readonly nulls?: true;
  /** What `fail_if` and `warn_if` may count. */
  readonly counts?: readonly Limit['of'][];
  readonly learns?: true;
}

const rows = ['rows', 'percent'] as const;
const keys = ['rows', 'keys', 'percent'] as const;
const values = ['rows', 'values', 'percent'] as const;

const allowances: { readonly [Type in RuleTypeName]?: Allowance } = {
  not_null: { counts: rows },
  not_empty_string: { counts: rows },
  unique: { nulls: true, counts: keys },
  composite_unique: { nulls: true, counts: keys },
  sql_expression: { nulls: true, counts: rows },
  between: { nulls: true, counts: rows },
  min_value_check: { nulls: true, counts: rows },
  max_value_check: { nulls: true, counts: rows },
  regex_match: { nulls: true, counts: rows },
  accepted_values: { nulls: true, counts: values },
  not_accepted_values: { nulls: true, counts: values },
  no_future_dates: { nulls: true, counts: rows },
  foreign_key: { nulls: true, counts: keys },
  conditional_not_null: { counts: rows },
  date_order: { nulls: true, counts: rows },
  reconcile_key_match: { counts: ['keys'] },
  reconcile_rows: { counts: ['rows'] },
  zscore_outlier: { counts: rows },
  isolation_forest: { counts: ['rows'] },
  learned_threshold: { learns: true },
};

const limits = (counts: readonly Limit['of'][]): fc.Arbitrary<Limit> =>
  fc.record({
    of: fc.constantFrom(...counts),
    operator: fc.constantFrom('>' as const, '>=' as const),
    value: fc.constantFrom('0', '1', '2', '5', '25'),
  });

/** Histories near the figures that small tables have, some of them without any spread. */
const histories = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 2, 3, 10, 50, 100), { maxLength: 9 }),
  fc
    .tuple(fc.constantFrom(0, 1, 5, 10, 100), fc.integer({ min: 2, max: 8 }))
    .map(([value, days]) => Array<number>(days).fill(value)),
);

const surroundings = (type: RuleTypeName, filters: readonly Predicate[]): fc.Arbitrary<Surroundings> => {
  const { nulls, counts, learns } = allowances[type] ?? {};
  const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
  return fc
    .record({
      where: filters.length === 0 ? fc.constant(undefined) : sometimes(fc.constantFrom(...filters)),
      nulls: nulls ? sometimes(fc.constant('fail' as const)) : fc.constant(undefined),
      fail_if: counts ? sometimes(limits(counts)) : fc.constant(undefined),
      warn_if: counts ? sometimes(limits(counts)) : fc.constant(undefined),
      history: learns ? histories : fc.constant(undefined),
    })
    .map(withoutUndefined);
};

const withoutUndefined = (
  given: { readonly [name in keyof Surroundings]: Surroundings[name] | undefined },
): Surroundings => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const ruleOf = <Type extends RuleTypeName>(
  type: Type,
  world: World,
  filters: readonly Predicate[],
): fc.Arbitrary<RuleOf<Type>> | undefined =>
  paramGenerators[type](world)?.chain((params) =>
    surroundings(type, filters).map((around): RuleOf<Type> => ({ type, params, ...around })),
  );

/** Every rule type that is generated. */
export const generatedTypes = Object.keys(paramGenerators) as RuleTypeName[];

/** Rules of any types on the target of a world; what they filter by, they share. */
export const ruleSets = (world: World, most: number): fc.Arbitrary<readonly GeneratedRule[]> => {
  const where = predicates(world.target);
  return (where ? fc.array(where, { maxLength: 2 }) : fc.constant([])).chain((filters) => {
    const possible = generatedTypes.flatMap((type) => ruleOf(type, world, filters) ?? []);
    return fc.array(fc.oneof(...(possible as fc.Arbitrary<GeneratedRule>[])), {
      minLength: 1,
      maxLength: most,
      size: 'max',
    });
  });
};
