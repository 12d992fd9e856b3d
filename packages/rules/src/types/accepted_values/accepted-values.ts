import type { Cell, Expression, LiteralExpression } from '@aegis/spec';
import { and, matches, not, or } from '@aegis/sql';
import { defineValueRule } from '../../type/define-value-rule.js';
import { cases } from './cases.js';

/** As many values as a person may want to read in one CASE. */
const mostChoices = 50;

const isNearMiss = (value: Cell | undefined, values: readonly LiteralExpression[]): boolean =>
  typeof value === 'string' && values.some((accepted) => folded(accepted.value) === folded(value));

const folded = (text: string): string => text.trim().toLowerCase();

/** The accepted value, in any case and with blanks around it. */
const differsOnlyInForm = (column: Expression, { value }: LiteralExpression): Expression =>
  matches(column, `(?i)^\\s*${value.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*$`);

/** Two accepted values that differ in case alone leave open which one is meant. */
const areDistinct = (values: readonly LiteralExpression[]): boolean =>
  new Set(values.map(({ value }) => folded(value))).size === values.length;

export const acceptedValues = defineValueRule({
  name: 'accepted_values',
  summary: 'Only listed values may occur.',
  edgeCases: 'NULL is ignored unless `nulls: fail`. Text is compared by code point, numbers as numbers.',
  violates: not,
  expectedAs: 'values',
  fix: (sample, { column, values, isListed }) => {
    if (column.type.kind !== 'text' || values.length > mostChoices || !areDistinct(values)) return undefined;
    if (!sample.some((row) => isNearMiss(row[column.name], values))) return undefined;
    const choices = values.map((value) => ({ when: differsOnlyInForm(column, value), value }));
    return {
      change: {
        column,
        value: { kind: 'first_of', choices },
        rows: { kind: 'condition', condition: and(not(isListed), or(...choices.map(({ when }) => when))) },
      },
      confidence: 'medium',
      caveat: 'Changes only values that differ from an accepted one in case or in blanks around them.',
    };
  },
  example: { type: 'accepted_values', column: 'status', values: ['placed', 'shipped', 'returned'] },
  cases,
});
