import { join } from 'node:path';
import { createPipeline } from '@aegis/core';
import { compileRules } from '@aegis/rules';
import type { Evidence, Report, Row, StatementEstimate, Warehouse } from '@aegis/spec';
import { loadGuard } from '@aegis/sql/guard';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect } from 'vitest';
import { folderWith } from '../cli/project.js';
import { scenario } from '../scenario.js';
import { Counts, counting } from '../statements/counting-warehouse.js';
import { databaseWith } from '../warehouses/postgres.js';

/** Each rule fails for a reason of its own, in SQL that both engines read alike. */
const shop = [
  'CREATE TABLE parents AS SELECT CAST(j AS BIGINT) AS id FROM generate_series(0, 99) AS p(j)',
  `CREATE TABLE sales AS SELECT CAST(i AS BIGINT) AS id, 'name ' || CAST(i AS VARCHAR(10)) AS label,
    CASE i % 4 WHEN 0 THEN 'DE' WHEN 1 THEN 'CH' WHEN 2 THEN 'AT' ELSE 'FR' END AS country,
    CASE i % 3 WHEN 0 THEN 'web' WHEN 1 THEN 'shop' ELSE 'phone' END AS channel,
    CASE WHEN i % 4 = 0 AND i % 3 = 0 THEN NULL ELSE CAST(1.5 AS DECIMAL(10, 2)) END AS amount,
    CASE WHEN i % 40 = 1 THEN 'Placed' ELSE 'placed' END AS status,
    CAST(CASE WHEN i % 50 = 3 THEN 100 ELSE 1 END * (50 + CAST(floor(i / 50.0) AS INTEGER) % 10) AS DOUBLE PRECISION) AS weight,
    CAST(CASE WHEN i % 31 = 5 THEN 200 ELSE i % 100 END AS BIGINT) AS parent,
    DATE '2026-01-01' + CAST(floor(i / 100.0) AS INTEGER) AS day,
    CASE WHEN i >= 3000 AND i % 2 = 0 THEN -1 ELSE 1 END AS quantity,
    CASE WHEN i % 20 = 7 THEN '' ELSE 'Ann' END AS first_name,
    CAST('k' || CAST(i AS VARCHAR(10)) AS CHAR(12)) AS padded
  FROM generate_series(0, 3999) AS s(i)`,
  'INSERT INTO sales SELECT * FROM sales WHERE id % 400 = 7',
];

const logic: { readonly [id: string]: Record<string, unknown> } = {
  amount: { type: 'not_null', column: 'amount' },
  status: { type: 'accepted_values', column: 'status', values: ['placed', 'shipped'] },
  weight: { type: 'between', column: 'weight', max_value: 1000 },
  quantity: { type: 'between', column: 'quantity', min_value: 0 },
  parent: { type: 'foreign_key', column: 'parent', reference_table: 'parents', reference_column: 'id' },
  id: { type: 'unique', column: 'id' },
  padded: { type: 'unique', column: 'padded' },
  row_count: { type: 'row_count', threshold: 1_000_000 },
};

const ruleFor = (id: string) => ({ metadata: { id }, scope: { table: 'sales' }, logic: logic[id] });

const reportOn = (warehouse: Warehouse, ids = Object.keys(logic), more = {}): Promise<Report> =>
  createPipeline({
    rules: compileRules(ids.map(ruleFor)).rules,
    warehouses: { w: warehouse },
    defaultWarehouse: 'w',
    now: '2026-02-15T12:00:00Z',
    loadGuard: async () => loadGuard(),
    ...more,
  }).run();

const duckdbShop = (): Promise<Warehouse> => duckdbWith(...shop);

const postgresShop = async (): Promise<Warehouse> => {
  const { run, url } = await databaseWith('DROP TABLE IF EXISTS sales', 'DROP TABLE IF EXISTS parents', ...shop);
  return Object.assign(postgres({ url }), { drop: () => run('DROP TABLE sales', 'DROP TABLE parents') });
};

/** Prices and days of which some are no number, or have no end. */
const endless = `CREATE TABLE sales AS
  SELECT s.*, CASE WHEN score >= 300 AND score < 350 THEN NULL ELSE 'b' END AS amount,
    CASE WHEN day = DATE '2026-01-11' THEN -1 ELSE 1 END AS quantity
  FROM (SELECT CAST(i AS BIGINT) AS id,
      CASE i % 50 WHEN 9 THEN CAST('NaN' AS DOUBLE PRECISION) WHEN 19 THEN CAST('Infinity' AS DOUBLE PRECISION)
        WHEN 29 THEN CAST('-Infinity' AS DOUBLE PRECISION) ELSE CAST(i * 7 % 1000 AS DOUBLE PRECISION) END AS score,
      CASE i % 50 WHEN 8 THEN DATE 'infinity' WHEN 18 THEN DATE '-infinity'
        ELSE DATE '2026-01-01' + CAST(i * 13 % 40 AS INTEGER) END AS day
    FROM generate_series(0, 3999) AS g(i)) AS s`;

const duckdbWith = async (...statements: readonly string[]): Promise<Warehouse> => {
  const path = join(await folderWith(), 'shop.duckdb');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  return duckdb({ path });
};

const evidenceOf = ({ results }: Report): readonly (readonly [string, Evidence])[] =>
  results.flatMap(({ rule_id, diagnosis }) => (diagnosis?.evidence ?? []).map((fact) => [rule_id, fact] as const));

const sentencesOf = (report: Report) =>
  evidenceOf(report).map(([rule, { kind, sentence }]) => `${rule} ${kind}: ${sentence}`);

/** Of an aggregate the one row; of segment counts the row of the segment and the one of all rows, under the same names. */
const figuresOf = (rows: readonly Row[]): Row => {
  const [first = {}] = rows;
  const both = first.n0_1 ?? null;
  if (both !== null) return { failing_rows: first.n0 ?? 0, both_failing_rows: both, repeated_rows: both };
  if (first.n === undefined) return first;
  const all = rows.find((row) => Number(row.g0 ?? 1) === 1) ?? {};
  const segment = rows.find((row) => Number(row.g0 ?? 1) === 0 && Number(row.d0) === 1) ?? {};
  return {
    ...{ all_rows: all.n ?? 0, failing_rows: all.n0 ?? 0 },
    ...{ segment_rows: segment.n ?? 0, segment_failing_rows: segment.n0 ?? 0 },
  };
};

const expectReproduced = async (report: Report, warehouse: Warehouse): Promise<void> => {
  for (const [rule, { sql, numbers, sentence }] of evidenceOf(report)) {
    if (sql === undefined) continue;
    const again = figuresOf(await warehouse.executeSample(sql, 10));
    for (const [name, value] of Object.entries(again)) {
      if (numbers[name] === undefined || value === null) continue;
      expect(Number(value), `${rule} ${name}: ${sentence}`).toBeCloseTo(Number(numbers[name]), 6);
    }
  }
};

describe('evidence', () => {
  scenario(
    'evidence/engines',
    'is the same on DuckDB and PostgreSQL, and its SQL gives its numbers again',
    async () => {
      const [local, server] = [await duckdbShop(), await postgresShop()];
      const [onDuckDb, onPostgres] = [await reportOn(local), await reportOn(server)];
      await expectReproduced(onDuckDb, local);
      await expectReproduced(onPostgres, server);
      expect(sentencesOf(onPostgres)).toEqual(sentencesOf(onDuckDb));
      const kinds = Object.fromEntries(
        onDuckDb.results.map(({ rule_id, diagnosis }) => [rule_id, diagnosis?.evidence.map(({ kind }) => kind) ?? []]),
      );
      expect(kinds).toMatchObject({
        ...{ amount: ['segment_pair'], status: expect.arrayContaining(['near_miss']) },
        ...{ weight: expect.arrayContaining(['unit_factor']), quantity: expect.arrayContaining(['began']) },
        ...{ parent: expect.arrayContaining(['beyond_reference']), id: expect.arrayContaining(['repeated_rows']) },
        padded: expect.arrayContaining(['repeated_rows']),
        row_count: expect.any(Array),
      });
      for (const warehouse of [local, server]) {
        await (warehouse as { drop?: () => Promise<void> }).drop?.();
        await warehouse.close?.();
      }
    },
  );

  scenario('evidence/engines', 'is told of ranges beside what is no number, or has no end', async () => {
    const local = await duckdbWith(endless);
    const { run, url } = await databaseWith('DROP TABLE IF EXISTS sales', endless);
    const server = postgres({ url });
    const onDuckDb = await reportOn(local, ['amount', 'quantity']);
    const onPostgres = await reportOn(server, ['amount', 'quantity']);
    await run('ALTER TABLE sales ALTER score TYPE numeric');
    const onNumeric = await reportOn(server, ['amount', 'quantity']);
    expect(sentencesOf(onDuckDb)).toEqual([
      expect.stringMatching(/^amount segment: .* of the 188 failing rows have score from 30\d to before 3\d\d /),
      expect.stringMatching(/^quantity default_value: /),
      expect.stringMatching(/^quantity segment: All 100 failing rows have day on 2026-01-11 /),
    ]);
    expect(sentencesOf(onPostgres)).toEqual(sentencesOf(onDuckDb));
    expect(sentencesOf(onNumeric)).toEqual(sentencesOf(onDuckDb));
    await expectReproduced(onDuckDb, local);
    await expectReproduced(onNumeric, server);
    for (const warehouse of [local, server]) await warehouse.close?.();
    await run('DROP TABLE sales');
  });

  scenario('evidence/many-rules', 'is looked for in portions where very many rules fail', async () => {
    const warehouse = await duckdbShop();
    const ids = Array.from({ length: 300 }, (_, index) => `amount_${index}`);
    const rules = compileRules(
      ids.map((id) => ({ metadata: { id }, scope: { table: 'sales' }, logic: logic.amount })),
    ).rules;
    const report = await createPipeline({
      ...{ rules, warehouses: { w: warehouse }, defaultWarehouse: 'w' },
      loadGuard: async () => loadGuard(),
    }).run();
    expect(report.summary).toMatchObject({ failed: 300 });
    const kinds = report.results.map(({ diagnosis }) => diagnosis?.evidence[0]?.kind);
    expect(new Set(kinds)).toEqual(new Set(['segment_pair']));
    await warehouse.close?.();
  });

  scenario('evidence/refused', 'is left out for the rule alone of which a statement is refused', async () => {
    const { run, url } = await databaseWith('DROP TABLE IF EXISTS sales', ...shop.slice(1));
    // No double is as large, so that the figures of its failing values are refused.
    await run('ALTER TABLE sales ADD COLUMN debt numeric', "UPDATE sales SET debt = '1e400' WHERE id % 40 = 5");
    const warehouse = postgres({ url });
    const rules = compileRules(
      ['amount', 'quantity', 'weight'].map(ruleFor).toSpliced(1, 0, {
        ...{ metadata: { id: 'debt' }, scope: { table: 'sales' } },
        logic: { type: 'between', column: 'debt', max_value: 1000 },
      }),
    ).rules;
    const report = await createPipeline({
      ...{ rules, warehouses: { w: warehouse }, defaultWarehouse: 'w', now: '2026-02-15T12:00:00Z' },
      loadGuard: async () => loadGuard(),
    }).run();
    const found = Object.fromEntries(
      report.results.map(({ rule_id, diagnosis, notes }) => [
        rule_id,
        { notes, kinds: diagnosis?.evidence.map(({ kind }) => kind) ?? [] },
      ]),
    );
    expect(found).toMatchObject({
      ...{ amount: { notes: [], kinds: ['segment_pair'] }, quantity: { notes: [] }, weight: { notes: [] } },
      debt: { notes: [expect.stringMatching(/^no further evidence: "1000/)], kinds: [] },
    });
    expect(found.quantity?.kinds).toContain('began');
    expect(found.weight?.kinds).toContain('unit_factor');
    await warehouse.close?.();
    await run('DROP TABLE sales');
  });

  scenario('evidence/max-bytes', 'is left out with a note where --max-bytes leaves no room', async () => {
    const warehouse = await duckdbShop();
    const { snapshot: _snapshot, ...scanning } = counting(warehouse, new Counts());
    const estimating: Warehouse = {
      ...scanning,
      estimate: async (): Promise<StatementEstimate> => ({ bytes: 1000 }),
    };
    const report = await reportOn(estimating, ['amount'], { maxBytes: 2500 });
    expect(report.results[0]?.outcome).toBe('fail');
    expect(report.results[0]?.notes.join('\n')).toMatch(/no further evidence: the statement would read 1000 bytes/);
    await warehouse.close?.();
  });
});
