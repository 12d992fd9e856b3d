import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { normalised } from '../answers.js';
import { relation } from '../generate.js';
import { type Form, type HandWritten, type Relations, sampleOf, statementsOf } from '../hand-written.js';
import { failingRules } from '../rules.js';
import type { Asked, Ready, Task } from './contender.js';

/** The hand-written statements one after the other, and the samples of the rules that found something. */
export const byHand = async (form: Form, { dataSet, storage }: Task): Promise<Ready> => {
  const instance =
    storage === 'native'
      ? await DuckDBInstance.create(dataSet.database, { access_mode: 'READ_ONLY' })
      : await DuckDBInstance.create();
  const connection = await instance.connect();
  const table = (name: string) => relation(dataSet, storage, name);
  const relations = { lines: table('lines'), orders: table('orders'), parts: table('parts') };
  const toSample = dataSet.state === 'failing' ? failingRules : [];
  return {
    ask: () => ask(statementsOf(form, relations), toSample, relations, connection),
    close: async () => {
      connection.disconnectSync();
      instance.closeSync();
    },
  };
};

const ask = async (
  statements: readonly HandWritten[],
  toSample: readonly string[],
  relations: Relations,
  connection: DuckDBConnection,
): Promise<Asked> => {
  const answers: { [ruleId: string]: string } = {};
  for (const { ruleIds, sql } of statements) {
    const [row = []] = (await connection.runAndReadAll(sql)).getRows();
    for (const [index, ruleId] of ruleIds.entries()) answers[ruleId] = normalised(row[index]);
  }
  const samples = toSample.flatMap((ruleId) => sampleOf(ruleId, relations) ?? []);
  for (const sql of samples) {
    const rows = (await connection.runAndReadAll(sql)).getRows();
    if (rows.length === 0) throw new Error(`no row came back for ${sql}`);
  }
  return { answers, statements: statements.length + samples.length };
};
