import type { FailingRows } from '@aegis/rules';
import type { ColumnExpression, RowTest, RuleResult } from '@aegis/spec';
import type { PreparedRule } from '../plan/prepare.js';

/** A rule that did not hold, with the test that its failing rows satisfy. */
export interface FailingCase {
  readonly prepared: PreparedRule;
  readonly result: RuleResult;
  readonly test: RowTest;
  /** Columns that the rule is about, as the table spells them: what they hold explains nothing about it. */
  readonly ownColumns: ReadonlySet<string>;
}

/** The test of single rows behind what a rule type shows of its failures; `undefined` where rows of two tables are compared. */
export const rowTestOf = (failing: FailingRows, prepared: PreparedRule): RowTest | undefined => {
  switch (failing.kind) {
    case 'condition':
      return { kind: 'condition', condition: failing.condition };
    case 'duplicates':
      return { kind: 'duplicated', keys: failing.keys };
    case 'unmatched': {
      const { keys, referenceKeys } = failing;
      return { kind: 'unmatched', keys, referenceKeys, reference: prepared.context.relation('reference').table };
    }
    default:
      return undefined;
  }
};

/** Columns of the rule's own table that it reads, those of its SQL included. */
export const ownColumnsOf = ({ requirements, context }: PreparedRule, test: RowTest): ReadonlySet<string> => {
  const declared = requirements.columns.filter(({ relation = 'target' }) => relation === 'target');
  const read = test.kind === 'condition' ? columnsIn(test.condition) : [];
  return new Set([...declared.map(({ name }) => context.column(name).name), ...read]);
};

/** Names of columns that an expression reads. */
const columnsIn = (expression: unknown): readonly string[] => {
  if (typeof expression !== 'object' || expression === null) return [];
  if (isColumn(expression)) return [expression.name];
  if ('kind' in expression && expression.kind === 'user_sql' && 'columns' in expression)
    return (expression.columns as readonly string[]) ?? [];
  return Object.values(expression).flatMap(columnsIn);
};

const isColumn = (expression: object): expression is ColumnExpression =>
  'kind' in expression && expression.kind === 'column' && 'name' in expression;
