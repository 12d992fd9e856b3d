import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import type { Answer, Ready, Task } from './contender.js';

const batchRows = 100_000;

/** All keys of both sides in order, merged as they come: what one writes by hand when memory is not to grow with the tables. */
export const byAllKeys = async ({ tables }: Task): Promise<Ready> => {
  const instance = await DuckDBInstance.create(tables.path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const client = new pg.Client(tables.url);
  await client.connect();
  return {
    ask: async () => {
      const stream = await connection.stream('SELECT id FROM keys ORDER BY id');
      const target = async function* () {
        for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk())
          yield* chunk.getColumnValues(0) as bigint[];
      };
      return merge(target(), cursorOf(client));
    },
    close: async () => {
      await client.end();
      connection.closeSync();
      instance.closeSync();
    },
  };
};

async function* cursorOf(client: pg.Client): AsyncGenerator<bigint> {
  await client.query('BEGIN READ ONLY');
  await client.query('DECLARE all_keys NO SCROLL CURSOR FOR SELECT id FROM keys ORDER BY id');
  for (;;) {
    const { rows } = await client.query<[string]>({ text: `FETCH ${batchRows} FROM all_keys`, rowMode: 'array' });
    if (rows.length === 0) break;
    for (const [id] of rows) yield BigInt(id);
  }
  await client.query('ROLLBACK');
}

const merge = async (target: AsyncIterator<bigint>, source: AsyncIterator<bigint>): Promise<Answer> => {
  let [missingInTarget, missingInSource] = [0, 0];
  let [left, right] = [await target.next(), await source.next()];
  while (!left.done || !right.done) {
    const isLeft = !left.done && (right.done || left.value < right.value);
    const isRight = !right.done && (left.done || right.value < left.value);
    if (isLeft) missingInSource += 1;
    if (isRight) missingInTarget += 1;
    if (!isRight) left = await target.next();
    if (!isLeft) right = await source.next();
  }
  return { missingInTarget, missingInSource };
};
