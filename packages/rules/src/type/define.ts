import type { Expression, JsonObject, Row } from '@aegis/spec';
import { and, count, countAll, countIf, isNull, not, or } from '@aegis/sql';
import type { z } from 'zod';
import { countOf } from '../judge/counts.js';
import { judgeViolations, rowCounts } from '../judge/judgement.js';
import type { FixTemplate, JudgeContext, Measurements, ProbeContext, Requirements, RuleType } from './rule-type.js';

type Defaulted = 'countedUnits' | 'acceptsNulls' | 'learns';

/** A rule type that still knows its name and how its params are written, so that rules in TypeScript are checked. */
export type DefinedRuleType<Name extends string, Input> = Omit<RuleType, 'name' | 'params'> & {
  readonly name: Name;
  readonly params: z.ZodType<JsonObject, Input>;
};

type Definition<Name extends string, Schema extends z.ZodType> = Omit<
  RuleType<z.output<Schema>>,
  Defaulted | 'name' | 'params'
> &
  Partial<Pick<RuleType, Defaulted>> & { readonly name: Name; readonly params: Schema };

/**
 * Defines a rule type. The result forgets what the schema makes of the params: shared code handles every type alike,
 * and the schema guarantees what `probe` and `judge` receive.
 */
export const defineRuleType = <const Name extends string, Schema extends z.ZodType>(
  definition: Definition<Name, Schema>,
): DefinedRuleType<Name, z.input<Schema>> =>
  ({ countedUnits: [], acceptsNulls: false, learns: false, ...definition }) as unknown as DefinedRuleType<
    Name,
    z.input<Schema>
  >;

/** What a rule about single rows declares; measuring, judging and sampling follow from it. */
export interface RowRuleDefinition<Name extends string, Schema extends z.ZodType, Params = z.output<Schema>>
  extends Pick<RuleType<Params>, 'category' | 'summary' | 'edgeCases' | 'example' | 'cases'> {
  readonly name: Name;
  readonly params: Schema;
  requires(params: Params): Requirements;
  /** True for rows that violate; NULL and false for all others. */
  violation(context: ProbeContext<Params>): Expression;
  /** What is NULL-tested by `nulls: fail` and counted as `non_null`; none for rules about NULL itself. */
  operands?(context: ProbeContext<Params>): readonly Expression[];
  fix?(sample: readonly Row[], context: JudgeContext<Params>): FixTemplate | undefined;
  /** Limits as data, for the report. */
  expected?(params: Params): JsonObject;
}

/** A rule about single rows: counts the rows that violate, NULL ignored unless `nulls: fail`. */
export const defineRowRule = <const Name extends string, Schema extends z.ZodType>(
  definition: RowRuleDefinition<Name, Schema>,
): DefinedRuleType<Name, z.input<Schema>> => {
  type Params = z.output<Schema>;
  const operands = (context: ProbeContext<Params>) => definition.operands?.(context) ?? [];
  const violation = (context: ProbeContext<Params>): Expression =>
    context.nulls === 'fail'
      ? or(definition.violation(context), ...operands(context).map(isNull))
      : definition.violation(context);
  const { violation: _violation, operands: _operands, expected, ...declared } = definition;
  return defineRuleType({
    ...declared,
    unit: 'rows',
    countedUnits: ['rows', 'percent'],
    acceptsNulls: definition.operands !== undefined,
    probe: (context) => ({
      kind: 'aggregate',
      measures: { rows: countAll(), failed: countIf(violation(context)), ...nonNullMeasure(operands(context)) },
    }),
    judge: (measured, context) => judgeRows(measured, context, expected?.(context.params) ?? {}),
    failingRows: (_measured, context) => ({ kind: 'condition', condition: violation(context) }),
  });
};

const nonNullMeasure = (operands: readonly Expression[]) => {
  const [only] = operands;
  if (only === undefined) return {};
  return {
    non_null: operands.length === 1 ? count(only) : countIf(and(...operands.map((operand) => not(isNull(operand))))),
  };
};

/** Judges `rows`, `failed` and, where measured, `non_null`. */
const judgeRows = (measured: Measurements, context: JudgeContext<unknown>, expected: JsonObject) => {
  const rows = countOf(measured, 'rows');
  const failed = countOf(measured, 'failed');
  return judgeViolations(
    {
      ...rowCounts(rows, failed),
      observed: { failed, ...(measured.non_null !== undefined && { non_null: countOf(measured, 'non_null') }) },
      expected,
    },
    context,
  );
};
