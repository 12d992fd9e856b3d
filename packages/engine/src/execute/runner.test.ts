import { WarehouseError } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { StatementRunner, shareOf } from './runner.js';

const count = { kind: 'query_count', sql: 'SELECT 1' } as const;

describe('a statement', () => {
  it('is sent again when the engine was busy', async () => {
    let calls = 0;
    const warehouse = new FakeWarehouse({
      dialect: duckdbDialect,
      answer: () => {
        calls += 1;
        if (calls === 1) throw new WarehouseError('throttled', 'try later');
        return [{ returned: '1' }];
      },
    });
    const runner = new StatementRunner(warehouse, {});
    expect(await runner.row(count, ['r'])).toEqual({ returned: '1' });
    expect(runner.sent).toHaveLength(2);
  });

  it('took as long as the warehouse says, not as long as it waited for its turn', async () => {
    const warehouse = new FakeWarehouse({ dialect: duckdbDialect, answer: () => [{ returned: '1' }] });
    const queued = Object.create(warehouse, {
      executeSample: {
        value: async (...statement: Parameters<FakeWarehouse['executeSample']>) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return warehouse.executeSample(...statement);
        },
      },
    }) as FakeWarehouse;
    const runner = new StatementRunner(queued, {});
    await runner.row(count, ['r']);
    expect(runner.sent).toMatchObject([{ durationMs: 0 }]);
  });

  it('is not sent again when it can never succeed', async () => {
    const warehouse = new FakeWarehouse({
      dialect: duckdbDialect,
      answer: () => {
        throw new WarehouseError('syntax', 'no');
      },
    });
    await expect(new StatementRunner(warehouse, {}).row(count, ['r'])).rejects.toMatchObject({
      code: 'warehouse/syntax',
    });
    expect(warehouse.statements).toHaveLength(1);
  });

  it('ends as the engine says when the run is cancelled while it runs', async () => {
    const abort = new AbortController();
    const warehouse = new FakeWarehouse({
      dialect: duckdbDialect,
      answer: async () => {
        abort.abort();
        throw new WarehouseError('cancelled', 'interrupted');
      },
    });
    const runner = new StatementRunner(warehouse, { signal: abort.signal });
    await expect(runner.row(count, ['r'])).rejects.toMatchObject({ code: 'warehouse/cancelled' });
  });
});

it('keeps what a warehouse sends to describe a table in the account, as reading none of it', async () => {
  const told: string[] = [];
  const warehouse = new FakeWarehouse({ dialect: duckdbDialect, answer: () => [] });
  const runner = new StatementRunner(warehouse, { label: 'aegis', onSent: ({ sql }) => told.push(sql) });
  const { label, onStatement } = runner.accountedTo(['a', 'b']);
  onStatement?.({ sql: 'DESCRIBE t', durationMs: 3 });
  onStatement?.({ durationMs: 1, bytesScanned: 10 });
  expect(label).toBe('aegis');
  expect(told).toEqual(['DESCRIBE t', '']);
  expect(shareOf('a', runner.sent)).toEqual({ statements: 1, durationMs: 2, bytesScanned: 5 });
});

it('shares add up, and bytes are unknown when one statement does not say', () => {
  const sent = [
    { sql: 'SELECT 1', isMetadata: false, ruleIds: ['a', 'b'], durationMs: 10, bytesScanned: 100 },
    { sql: 'SELECT 2', isMetadata: false, ruleIds: ['a'], durationMs: 5, bytesScanned: undefined },
  ];
  expect(shareOf('a', sent)).toEqual({ statements: 1.5, durationMs: 10, bytesScanned: null });
  expect(shareOf('b', sent)).toEqual({ statements: 0.5, durationMs: 5, bytesScanned: 50 });
});
