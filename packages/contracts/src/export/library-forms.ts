import type { Rule, Threshold } from '@aegis/spec';

/** A check of the standard's library, at a column or at the table. */
export interface LibraryForm {
  readonly column: string | undefined;
  readonly check: { readonly [key: string]: unknown };
}

/** The rule as a check of the library; `undefined` where the standard has no words for it. */
export const libraryForm = (rule: Rule): LibraryForm | undefined => {
  if (rule.warnIf !== undefined || rule.scope.where !== undefined) return undefined;
  return Object.hasOwn(forms, rule.type) ? forms[rule.type]?.(rule) : undefined;
};

const atColumn = (rule: Rule, check: LibraryForm['check']): LibraryForm | undefined => {
  const column = columnOf(rule);
  const limit = limitOf(rule.failIf);
  return column === undefined || limit === undefined ? undefined : { column, check: { ...check, ...limit } };
};

/** The only column of a rule. */
export const columnOf = ({ params }: Rule): string | undefined => {
  const { column, columns } = params;
  if (typeof column === 'string') return column;
  const [only, ...others] = Array.isArray(columns) ? columns : [];
  return typeof only === 'string' && others.length === 0 ? only : undefined;
};

/** A limit on failures as operators. */
const limitOf = (failIf: Threshold | undefined): LibraryForm['check'] | undefined => {
  if (failIf === undefined || failIf.of === 'keys' || failIf.of === 'values') return undefined;
  const unit = failIf.of === 'percent' ? { unit: 'percent' } : {};
  const value = Number(failIf.value);
  if (failIf.operator === '>=') return { mustBeLessThan: value, ...unit };
  return value === 0 && failIf.of === 'rows' ? { mustBe: 0 } : { mustBeLessOrEqualTo: value, ...unit };
};

const atTable = (check: LibraryForm['check']): LibraryForm => ({ column: undefined, check });

const duplicates = (rule: Rule): LibraryForm | undefined => {
  if (rule.nulls === 'fail') return undefined;
  const limit = limitOf(rule.failIf);
  if (rule.type === 'unique') return atColumn(rule, { metric: 'duplicateValues' });
  return limit && atTable({ metric: 'duplicateValues', ...limit, arguments: { properties: rule.params.columns } });
};

/** `mustBeBetween` is exclusive. */
const rowCount = ({ params: { min_value: min, max_value: max } }: Rule): LibraryForm | undefined => {
  if (max === undefined || max === null) return undefined;
  if (min === undefined || min === null) return atTable({ metric: 'rowCount', mustBeLessOrEqualTo: Number(max) });
  if (min === max) return atTable({ metric: 'rowCount', mustBe: Number(max) });
  return atTable({ metric: 'rowCount', mustBeBetween: [Number(min) - 1, Number(max) + 1] });
};

const forms: { readonly [type: string]: (rule: Rule) => LibraryForm | undefined } = {
  not_null: (rule) => atColumn(rule, { metric: 'nullValues' }),
  unique: duplicates,
  composite_unique: duplicates,
  accepted_values: (rule) =>
    rule.nulls === 'fail'
      ? undefined
      : atColumn(rule, { metric: 'invalidValues', arguments: { validValues: rule.params.values } }),
  regex_match: (rule) =>
    rule.nulls === 'fail'
      ? undefined
      : atColumn(rule, { metric: 'invalidValues', arguments: { pattern: rule.params.pattern } }),
  not_accepted_values: (rule) => {
    const values = Array.isArray(rule.params.values) ? rule.params.values : [];
    const missingValues = rule.nulls === 'fail' ? [null, ...values] : values;
    return atColumn(rule, { metric: 'missingValues', arguments: { missingValues } });
  },
  row_count: ({ params }) => atTable({ metric: 'rowCount', mustBeGreaterOrEqualTo: Number(params.threshold) }),
  row_count_between: rowCount,
};
