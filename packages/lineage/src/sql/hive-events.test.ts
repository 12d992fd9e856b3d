import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtures, noFixtures } from '../testing/fixtures.js';
import { lineageOfSql } from './index.js';
import type { StatementLineage } from './types.js';

interface Transformation {
  readonly type: string;
  readonly subtype: string;
}

interface InputField {
  readonly name: string;
  readonly field: string;
  readonly transformations: readonly Transformation[];
}

interface Dataset {
  readonly name: string;
  readonly facets: {
    readonly schema?: { readonly fields: readonly { readonly name: string }[] };
    readonly columnLineage?: {
      readonly fields: { readonly [column: string]: { readonly inputFields: readonly InputField[] } };
      readonly dataset: readonly InputField[];
    };
  };
}

interface HiveEvent {
  readonly job: { readonly facets: { readonly sql: { readonly query: string } } };
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
}

const eventOf = (name: string): HiveEvent | undefined => {
  const [path] = fixtures('openlineage', (file) => file === `hive-column-lineage-${name}.event.json`);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as HiveEvent);
};

/** Tables of the events are in the database `test`, which their SQL leaves out. */
const lineageOf = ({ job, inputs, outputs }: HiveEvent): Promise<readonly StatementLineage[]> =>
  lineageOfSql(job.facets.sql.query, {
    parserName: 'hive',
    schema: (table) =>
      [...inputs, ...outputs]
        .find(({ name }) => name === `test.${table.at(-1)}`)
        ?.facets.schema?.fields.map(({ name }) => name),
  });

type Edge = string;

const edge = (column: string | null, table: string, from: string, { type, subtype }: Transformation): Edge =>
  `${column ?? '*'} < ${table}.${from} ${type} ${subtype}`;

const ourEdges = ({ columns }: StatementLineage): readonly Edge[] =>
  columns.flatMap(({ column, inputs }) =>
    inputs.map((input) => edge(column, `test.${input.table.at(-1)}`, input.column, input)),
  );

const hiveEdges = ({ facets: { columnLineage } }: Dataset): readonly Edge[] => {
  const columns = Object.entries(columnLineage?.fields ?? {}).flatMap(([column, { inputFields }]) =>
    inputFields.flatMap(({ name, field, transformations }) =>
      transformations.map((each) => edge(column, name, field, each)),
    ),
  );
  const rows = (columnLineage?.dataset ?? []).flatMap(({ name, field, transformations }) =>
    transformations.map((each) => edge(null, name, field, each)),
  );
  return [...columns, ...rows];
};

/**
 * What Hive's optimiser makes of the SQL before it tells its lineage: keys of inner joins become `IS NOT NULL` filters, and
 * columns that a filter holds on one constant become that constant.
 */
const optimised: { readonly [event: string]: { readonly added: readonly Edge[]; readonly removed: readonly Edge[] } } =
  {
    'cte-joins': {
      added: ['t1', 't2', 't3'].map((table) => `* < test.${table}.a INDIRECT FILTER`),
      removed: ['b < test.t1.b DIRECT IDENTITY', 'c < test.t2.c DIRECT IDENTITY'],
    },
  };

describe('lineage of the SQL in the events of OpenLineage for Hive', () => {
  it.for(['indirect', 'cte-joins', 'multi-inserts'])('equals what the event says: %s', async (name, { skip }) => {
    const event = eventOf(name) ?? skip(noFixtures);
    const lineage = await lineageOf(event);
    const { added = [], removed = [] } = optimised[name] ?? {};
    for (const output of event.outputs) {
      const ours = lineage.find((each) => output.name === `test.${each.output?.at(-1)}`);
      const expected = [...hiveEdges(output).filter((each) => !added.includes(each)), ...removed];
      expect([...new Set(ours ? ourEdges(ours) : [])].sort()).toEqual([...new Set(expected)].sort());
      expect(ours?.columns.every(({ unresolved }) => unresolved === undefined)).toBe(true);
    }
    expect(lineage).toHaveLength(event.outputs.length);
  });
});
