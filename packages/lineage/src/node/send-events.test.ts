import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runStarted } from '../export/openlineage/run-events.js';
import { folderOf } from '../testing/folder-of.js';
import { serving } from '../testing/loopback.js';
import { sendEvents } from './send-events.js';

const events = ['a', 'b'].map((runId) => runStarted({ runId, startedAt: '2026-01-01T00:00:00Z' }));

describe('events', () => {
  it('are appended to a file, one per line', async () => {
    const file = join(await folderOf({}), 'events.ndjson');
    expect(await sendEvents(file, events)).toBeUndefined();
    expect(await sendEvents(file, events)).toBeUndefined();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([...events, ...events]);
  });

  it('are posted to a server, in their order', async () => {
    const received: unknown[] = [];
    await serving(
      async (request, response) => {
        const body = (await request.toArray()).join('');
        received.push([request.method, request.url, request.headers.authorization, JSON.parse(body).run.runId]);
        response.writeHead(201).end();
      },
      async (url) => {
        expect(await sendEvents(url, events, { apiKey: 'k' })).toBeUndefined();
        expect(await sendEvents(`${url}/custom`, events.slice(0, 1))).toBeUndefined();
      },
    );
    expect(received).toEqual([
      ['POST', '/api/v1/lineage', 'Bearer k', events[0]?.run.runId],
      ['POST', '/api/v1/lineage', 'Bearer k', events[1]?.run.runId],
      ['POST', '/custom', undefined, events[0]?.run.runId],
    ]);
  });

  it('that cannot be sent are told, without secrets', async () => {
    await serving(
      (_request, response) => response.writeHead(503).end(),
      async (url) => {
        const failure = await sendEvents(`${url.replace('//', '//me:hunter2@')}/x`, events);
        expect(failure).toBe(`${url}/x answered 503 Service Unavailable`);
      },
    );
    expect(await sendEvents('/nowhere/at/all.ndjson', events)).toBe(
      '/nowhere/at/all.ndjson cannot be written (ENOENT)',
    );
  });
});
