import { defineRuleType, type Judgement, type Probe, type RuleType } from '@aegis/rules';
import type { JsonObject } from '@aegis/spec';
import { z } from 'zod';
import { describedColumns, findColumn } from './described-columns.js';
import { typeFault } from './type-fault.js';

const aboutSchema = {
  category: 'validity',
  edgeCases: 'A missing table is an error, not a failure. No rows are read.',
  unit: 'table',
  probe: (): Probe => ({ kind: 'metadata' }),
  cases: [],
} as const;

const judged = (
  outcome: Judgement['outcome'],
  observed: JsonObject,
  expected: JsonObject,
  note?: string,
): Judgement => ({
  outcome,
  rowsChecked: null,
  rowsFailed: outcome === 'pass' ? 0 : 1,
  unit: 'table',
  failedPercent: null,
  observed,
  expected,
  ...(note !== undefined && { notes: [note] }),
});

/** A column that a contract promises must be there, and of its type. */
const contractColumn = defineRuleType({
  ...aboutSchema,
  name: 'contract_column',
  summary: 'The table must have a column, of the type that the contract says.',
  params: z.strictObject({
    column: z.string().describe('Name of the column.'),
    expected_type: z.string().optional().describe('The type as the contract writes it.'),
    kinds: z.array(z.string()).optional().describe('Kinds of types that it may be; any if absent.'),
    size: z.string().optional().describe('Precision and scale of a decimal, e.g. `18,2`.'),
  }),
  // Its type is no value of the column, and not to be masked like one.
  requires: () => ({ columns: [] }),
  judge: (measured, { params }) => {
    const expected = {
      column: params.column,
      exists: true,
      ...(params.expected_type !== undefined && { type: params.expected_type }),
    };
    const column = findColumn(describedColumns(measured), params.column);
    if (column === undefined) return judged('fail', { exists: false }, expected, `column ${params.column} is missing`);
    const fault = typeFault(column.type, { ...params, type: params.expected_type });
    return judged(fault === undefined ? 'pass' : 'fail', { exists: true, type: column.type.native }, expected, fault);
  },
  example: { type: 'contract_column', column: 'total' },
});

/** Columns that a contract does not know are told of, or refused. */
const contractExtraColumns = defineRuleType({
  ...aboutSchema,
  name: 'contract_extra_columns',
  summary: 'The table has no columns besides those of the contract.',
  params: z.strictObject({
    known: z.array(z.string()).describe('Columns of the contract.'),
    allowed: z.boolean().describe('Whether further ones are only warned of.'),
  }),
  requires: () => ({ columns: [] }),
  judge: (measured, { params: { known, allowed } }) => {
    const columns = describedColumns(measured);
    const expectedNames = new Set(known.flatMap((name) => findColumn(columns, name)?.name ?? []));
    const extra = columns.map(({ name }) => name).filter((name) => !expectedNames.has(name));
    if (extra.length === 0) return judged('pass', { extra_columns: [] }, { extra_columns: [] });
    const note = `not in the contract: ${extra.join(', ')}`;
    return judged(allowed ? 'warn' : 'fail', { extra_columns: extra }, { extra_columns: [] }, note);
  },
  example: { type: 'contract_extra_columns', known: ['id'], allowed: true },
});

/** The rule types that a check of a contract needs besides the built-in ones. */
export const schemaTypes: readonly RuleType[] = [contractColumn, contractExtraColumns];
