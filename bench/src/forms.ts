/**
 * Compares forms of the statements that Aegis sends to DuckDB: `pnpm exec tsx bench/src/forms.ts [--size MILLIONS] [--runs N] [--only QUESTION]`.
 * Each question is asked in the form of the dialect and in others that give the same answer; docs/decisions/0003 reads
 * the figures.
 */
import { parseArgs } from 'node:util';
import type { ColumnExpression, ColumnKind, Statement, TableName } from '@aegis/spec';
import { compare, countIf, duckdbDialect, literal, trim } from '@aegis/sql';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type DataSet, generate, tablePath } from './generate.js';
import { type Storage, storages } from './options.js';
import { median } from './statistics.js';

/** Ways to ask one thing, by name. `aegis` is the dialect's own. */
type Forms = Readonly<Record<string, string>>;

interface Source {
  readonly table: TableName;
  readonly sql: string;
}

const column = (name: string, kind: ColumnKind, native: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind, native },
});
const lineId = column('line_id', 'integer', 'BIGINT');
const orderId = column('order_id', 'integer', 'BIGINT');
const partId = column('part_id', 'integer', 'INTEGER');
const tracking = column('tracking_number', 'text', 'VARCHAR');
const comment = column('comment', 'text', 'VARCHAR');
const quantity = column('quantity', 'integer', 'INTEGER');
const weight = column('weight_kg', 'float', 'DOUBLE');

const keyForms = ({ table, sql }: Source, keys: readonly ColumnExpression[]): Forms => {
  const names = keys.map(({ name }) => name);
  const present = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const distinct = keys.length === 1 ? names.join() : `(${names.join(', ')})`;
  return {
    aegis: duckdbDialect.statement({ kind: 'key_counts', from: { table }, keys }),
    'group by': `SELECT sum(n), count(*), count_if(n > 1) FROM (SELECT count(*) AS n FROM ${sql} WHERE ${present} GROUP BY ${names.join(', ')})`,
    'count distinct': `SELECT count(*), count(DISTINCT ${distinct}) FROM ${sql} WHERE ${present}`,
    'count distinct hashes': `SELECT count(*), count(DISTINCT hash(${names.join(', ')})) FROM ${sql} WHERE ${present}`,
  };
};

const referenceForms = (lines: Source, orders: Source): Forms => {
  const statement: Statement = {
    kind: 'unmatched_counts',
    from: { table: lines.table },
    keys: [orderId],
    reference: orders.table,
    referenceKeys: [orderId],
  };
  const child = `(SELECT order_id AS k FROM ${lines.sql} WHERE order_id IS NOT NULL) AS c`;
  const parent = `(SELECT order_id AS k FROM ${orders.sql}) AS p`;
  return {
    aegis: duckdbDialect.statement(statement),
    'not exists': `SELECT count(*) FROM ${child} WHERE NOT EXISTS (SELECT 1 FROM ${parent} WHERE p.k = c.k)`,
    'anti join': `SELECT count(*) FROM ${child} ANTI JOIN ${parent} ON p.k = c.k`,
    'left join': `SELECT count(*) FROM ${child} LEFT JOIN ${parent} ON p.k = c.k WHERE p.k IS NULL`,
  };
};

const differenceForms = (lines: Source, orders: Source): Forms => {
  const pair = {
    target: { table: lines.table },
    targetKeys: [orderId],
    source: { table: orders.table },
    sourceKeys: [orderId],
  };
  const keys = (source: Source) => `(SELECT order_id AS k, count(*) AS n FROM ${source.sql} GROUP BY ALL)`;
  return {
    aegis: duckdbDialect.statement({ kind: 'key_difference_counts', ...pair }),
    'full join': `SELECT count_if(t.n IS NULL), count_if(s.n IS NULL) FROM ${keys(orders)} AS s FULL JOIN ${keys(lines)} AS t ON s.k = t.k`,
    except:
      `SELECT (SELECT count(*) FROM (SELECT order_id FROM ${orders.sql} EXCEPT SELECT order_id FROM ${lines.sql})), ` +
      `(SELECT count(*) FROM (SELECT order_id FROM ${lines.sql} EXCEPT SELECT order_id FROM ${orders.sql}))`,
  };
};

const counted = (conditions: readonly string[], count: (condition: string) => string, from: string): string =>
  `SELECT ${conditions.map(count).join(', ')} FROM ${from}`;

const conditions = [
  'quantity < 0',
  'weight_kg > 900',
  'tax > 0.07',
  'part_id IS NULL',
  "line_status NOT IN ('O', 'F')",
];

const countForms = ({ sql }: Source): Forms => ({
  count_if: counted(conditions, (condition) => `count_if(${condition})`, sql),
  filter: counted(conditions, (condition) => `count(*) FILTER (WHERE ${condition})`, sql),
  'sum of cases': counted(conditions, (condition) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, sql),
});

const zoneForms = ({ table, sql }: Source): Forms => {
  const measures = [
    countIf(compare(quantity, '<', literal('integer', '0'))),
    countIf(compare(weight, '>', literal('float', '900'))),
  ].map((expression, index) => ({ alias: `m${index}`, expression }));
  return {
    aegis: duckdbDialect.statement({ kind: 'aggregate', from: { table }, measures }),
    'one scan': `SELECT count_if(quantity < 0), count_if(weight_kg > 900) FROM ${sql}`,
  };
};

const blankForms = ({ table, sql }: Source): Forms => ({
  aegis: duckdbDialect.statement({
    kind: 'aggregate',
    from: { table },
    measures: [{ alias: 'm0', expression: countIf(compare(trim(comment), '=', literal('text', ''))) }],
  }),
  'trim of spaces': `SELECT count_if(trim(comment) = '') FROM ${sql}`,
  'trim of a set': `SELECT count_if(${duckdbDialect.expression(trim(comment))} = '') FROM ${sql}`,
});

const questions = (lines: Source, orders: Source): Readonly<Record<string, Forms>> => ({
  'integer key, unique': keyForms(lines, [lineId]),
  'text key, unique': keyForms(lines, [tracking]),
  'composite key, unique': keyForms(lines, [partId, tracking]),
  'integer key, repeating': keyForms(lines, [partId]),
  'foreign key': referenceForms(lines, orders),
  'difference of keys': differenceForms(lines, orders),
  'five conditional counts': countForms(lines),
  'counts that zone maps decide': zoneForms(lines),
  'blank text': blankForms(lines),
});

const source = (dataSet: DataSet, storage: Storage, name: string): Source => {
  const path = tablePath(dataSet, name);
  return storage === 'native'
    ? { table: { kind: 'named', parts: [name] }, sql: name }
    : { table: { kind: 'file', path, format: 'parquet' }, sql: `read_parquet('${path}')` };
};

/** Wall and processor seconds of one run. */
const secondsOf = async (connection: DuckDBConnection, sql: string) => {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  await connection.runAndReadAll(sql);
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - wall) / 1e3, cpu: (user + system) / 1e6 };
};

/** Medians over rounds in which every form runs once, so that a busy moment does not fall on one form alone. */
const measureForms = async (connection: DuckDBConnection, forms: Forms, runs: number) => {
  const measured = Object.entries(forms).map(([form, sql]) => ({
    form,
    sql,
    walls: [] as number[],
    cpus: [] as number[],
  }));
  for (let run = 0; run <= runs; run += 1)
    for (const { sql, walls, cpus } of measured) {
      const { wall, cpu } = await secondsOf(connection, sql);
      if (run === 0) continue;
      walls.push(wall);
      cpus.push(cpu);
    }
  return measured.map(({ form, walls, cpus }) => ({ form, wall: median(walls), cpu: median(cpus) }));
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: '10' },
      runs: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
    },
  });
  const dataSet = await generate(Math.round(Number(values.size) * 1e6), 'passing');
  const instance = await DuckDBInstance.create(dataSet.database, { access_mode: 'READ_ONLY', threads: '2' });
  const connection = await instance.connect();
  console.log(`${values.size} M rows; processor seconds, wall seconds\n`);
  for (const storage of storages) {
    const asked = questions(source(dataSet, storage, 'lines'), source(dataSet, storage, 'orders'));
    for (const [question, forms] of Object.entries(asked)) {
      if (!question.includes(values.only)) continue;
      console.log(`${question} (${storage})`);
      for (const { form, cpu, wall } of await measureForms(connection, forms, Number(values.runs)))
        console.log(`  ${form.padEnd(24)}${cpu.toFixed(3).padStart(8)}${wall.toFixed(3).padStart(8)}`);
    }
  }
  connection.closeSync();
  instance.closeSync();
};

await main();
