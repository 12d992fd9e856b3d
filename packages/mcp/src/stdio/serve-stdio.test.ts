import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connect, dataOf } from '../testing/connect.js';

it('goes on after messages that are none', async () => {
  const { call, toServer, logged } = await connect();
  for (const line of [
    'garbage',
    '{',
    '[]',
    '{"jsonrpc":"2.0"}',
    'null',
    '{"jsonrpc":"1.0","id":1,"method":"x"}',
    '\u0000',
  ]) {
    toServer.write(`${line}\n`);
  }
  expect(dataOf(await call('aegis_list_runs'))).toEqual({ runs: [], next_cursor: null });
  expect(logged.length).toBeGreaterThan(0);
  for (const line of logged) expect(line).toMatch(/^a message was not understood: .{1,200}$/);
  expect(logged.length).toBeLessThan(8);
});

it('answers methods and tools that it has not with an error', async () => {
  const { call } = await connect();
  const unknown = await call('aegis_drop_table').catch((error: unknown) => error);
  expect(String(unknown instanceof Error ? unknown.message : JSON.stringify(unknown))).toMatch(/not found/);
});

it('ends the conversation at a message that is larger than 4 MB', async () => {
  const { toServer, serving, logged } = await connect();
  const chunk = 'x'.repeat(1024 * 1024);
  for (let written = 0; written < 5; written += 1) toServer.write(chunk);
  expect(await Promise.race([serving.closed.then(() => 'closed'), sleep(2000, 'open')])).toBe('closed');
  expect(logged.join('\n')).toMatch(/maximum|exceed/i);
});
