import { countAll } from '@aegis/sql';
import { z } from 'zod';
import { judgeTable } from '../judge/judgement.js';
import { defineRuleType } from '../type/define.js';
import { createRegistry } from '../type/registry.js';
import type { RuleType } from '../type/rule-type.js';
import { columnName, columnNames, decimal, integer, percent, scalar, tableReference } from '../type/scalars.js';

/** Types whose params hold one of everything that a schema may ask for; what they judge is of no interest. */
const type = <Schema extends z.ZodType>(
  name: string,
  params: Schema,
  traits: Partial<Omit<RuleType<z.output<Schema>>, 'name' | 'params'>> = {},
) =>
  defineRuleType({
    name,
    category: 'validity',
    summary: `What ${name} is about.`,
    edgeCases: 'None.',
    unit: 'table',
    params,
    requires: () => ({ columns: [] }),
    probe: () => ({ kind: 'aggregate', measures: { rows: countAll() } }),
    judge: () => judgeTable({ holds: true, rowsChecked: 0, observed: {}, expected: {} }),
    example: { type: name },
    cases: [],
    ...traits,
  });

export const inList = type(
  'in_list',
  z.strictObject({
    column: columnName().describe('Column to look at.'),
    values: z.array(scalar()).min(1, 'must hold at least one value').describe('Values that may occur.'),
  }),
  { countedUnits: ['rows', 'keys', 'percent'], acceptsNulls: true },
);

const atLeast = type('at_least', z.strictObject({ threshold: decimal({ min: 0 }).describe('Fewest rows.') }));

export const within = type(
  'within',
  z.strictObject({
    column: columnName().optional().describe('Time column.'),
    unit: z.enum(['minutes', 'hours', 'days']).default('hours').describe('Unit of the age.'),
    age: integer({ min: 1, max: 999 }).describe('Largest age.'),
    share: percent().optional().describe('Share of rows.'),
    strict: z.boolean().default(false).describe('Whether equality counts.'),
    mode: z
      .union([z.literal('any'), z.literal(true)])
      .default('any')
      .describe('How to compare.'),
  }),
);

export const matches = type(
  'matches',
  z
    .strictObject({
      columns: columnNames().describe('Key columns.'),
      source_table: tableReference().describe('Where the keys come from.'),
      source_columns: columnNames().optional().describe('Their names there.'),
    })
    .refine(({ columns, source_columns }) => !source_columns || columns.length === source_columns.length, {
      error: 'must name as many columns as `columns`',
      path: ['source_columns'],
    }),
  {
    countedUnits: ['rows', 'keys', 'values', 'percent'],
    requires: ({ source_table }) => ({ columns: [], tables: { source: source_table } }),
  },
);

export const either = type(
  'either',
  z.strictObject({ column: columnName().optional(), columns: columnNames({ min: 2 }).optional() }),
  { countedUnits: ['rows', 'keys', 'values', 'percent'] },
);

export const fixtureTypes = createRegistry([inList, atLeast, within, matches, either]);
