import { createWriteStream } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { eventLines } from '../testing/event-lines.js';
import { openLineage } from './open-lineage.js';

const megabyte = 1024 * 1024;

it('reads 200 MB of events without keeping them', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'aegis-lineage-large-')), 'events.ndjson');
  await pipeline(Readable.from(eventLines(280_000)), createWriteStream(file));
  expect((await stat(file)).size).toBeGreaterThan(200 * megabyte);
  const before = process.memoryUsage().rss;
  const { graph } = await openLineage([file]);
  expect(graph.operationCount).toBe(20);
  // Garbage that was not collected yet, far below the size of the file.
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * megabyte);
}, 120_000);
