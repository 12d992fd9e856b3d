import type { BucketLimits } from '@aegis/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAgreement } from '../property/harness/agreement.js';
import { judge } from '../property/oracle/oracle.js';
import type { ComparedColumn, GeneratedRule, Table, World } from '../property/world.js';
import { type Case, cases, literal, type Pairing, postgresLiteral, type Side, seed } from './generate.js';
import { reconcile } from './reconcile.js';
import { openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

const isNightly = process.env.AEGIS_NIGHTLY === '1';
const settings: fc.Parameters<Compared> = {
  numRuns: isNightly ? 1_000 : 50,
  seed: Number(process.env.AEGIS_SEED ?? (isNightly ? Date.now() % 2 ** 31 : 20_260_115)),
};

interface Compared {
  readonly tables: Case;
  readonly rule: Extract<GeneratedRule, { type: 'reconcile_key_match' | 'reconcile_rows' }>;
  readonly limits: Partial<BucketLimits>;
}

/** From reading tables whole to a few rows at a time, so that small tables go every way that large ones go. */
const limits: fc.Arbitrary<Partial<BucketLimits>> = fc.constantFrom(
  {},
  { readWhole: 0 },
  { readWhole: 0, batchRows: 4, buckets: 3 },
  { readWhole: 0, batchRows: 1, buckets: 64 },
  { readWhole: 0, batchRows: 2, buckets: 2, ranges: 4, subranges: 3 },
);

const tolerant: ReadonlySet<Pairing['kind']> = new Set([
  'integer',
  'decimal',
  'float',
  'date',
  'time',
  'timestamp',
  'timestamptz',
]);

const exactnessOf = ({ kind }: Pairing): fc.Arbitrary<Pick<ComparedColumn, 'tolerance' | 'round'>> =>
  tolerant.has(kind)
    ? fc.oneof(
        fc.constant({}),
        fc.record({ tolerance: fc.constantFrom('0', '0.01', '0.5', '1', '3600') }),
        fc.record({ round: fc.constantFrom('0', '1', '6', '9') }),
      )
    : fc.constant({});

const rulesOf = ({ pairings }: Case): fc.Arbitrary<Compared['rule']> => {
  const names = pairings.map((_, index) => `c${index}`);
  const [key = '', ...others] = names;
  const match = fc.constant({
    type: 'reconcile_key_match' as const,
    params: { columns: names, source_columns: names },
  });
  if (others.length === 0) return match;
  const columns = fc.tuple(
    ...others.map((column, index) => {
      const pairing = pairings[index + 1];
      const exactness = pairing ? exactnessOf(pairing) : fc.constant({});
      return exactness.map((extra): ComparedColumn => ({ column, source_column: column, ...extra }));
    }),
  );
  const rows = columns.map((compared) => ({
    type: 'reconcile_rows' as const,
    params: { key_columns: [key], source_key_columns: [key], columns: compared },
  }));
  return fc.oneof(match, rows, rows);
};

const compared: fc.Arbitrary<Compared> = cases.chain((tables) =>
  fc.record({ tables: fc.constant(tables), rule: rulesOf(tables), limits }),
);

const tableOf = ({ rows }: Side, types: readonly string[], pairings: readonly Pairing[]): Table => ({
  name: 'orders',
  columns: pairings.map(({ kind, duckdb }, index) => ({
    name: `c${index}`,
    kind,
    sqlType: kind === 'float' ? (duckdb[0] ?? '') : (types[index] ?? ''),
  })),
  rows,
  deleted: [],
});

/** The oracle knows the types of DuckDB; those of the other side hold the same values. */
const worldOf = ({ pairings, duckdb, postgres }: Case): World => {
  const source = tableOf(
    postgres,
    pairings.map((each) => each.duckdb[0] ?? ''),
    pairings,
  );
  const target = tableOf(
    duckdb,
    pairings.map((each) => each.duckdb[0] ?? ''),
    pairings,
  );
  return { target, source, reference: target, now: '2026-01-15T12:00:00Z', timezone: 'UTC' };
};

describe('random tables in DuckDB and PostgreSQL', () => {
  let two: TwoWarehouses;
  beforeAll(async () => {
    two = await openTwoWarehouses();
  });
  afterAll(() => two.close());

  it(
    'differ as the oracle says, however their rows are parted and read',
    async () => {
      const drawn = fc.sample(compared, settings);
      await two.seedDuckDb(...drawn.flatMap(({ tables }, index) => seed(`t${index}`, tables.duckdb, literal)));
      await two.seedPostgres(
        ...drawn.flatMap(({ tables }, index) => seed(`t${index}`, tables.postgres, postgresLiteral)),
      );
      for (const [index, { tables, rule, limits: bucketLimits }] of drawn.entries()) {
        const logic = { type: rule.type, ...rule.params, table: `t${index}`, source_table: `t${index}` };
        const { result } = await reconcile(logic, two.duckdb, two.postgres, { bucketLimits, sampleRows: 100 });
        expectAgreement(
          {
            ...result,
            rule_id: JSON.stringify({ rule, bucketLimits, duckdb: tables.duckdb, postgres: tables.postgres }),
          },
          judge(rule, worldOf(tables)),
        );
        expect(result.sample.length).toBe(result.rows_failed);
      }
    },
    isNightly ? 3_600_000 : 120_000,
  );
});
