import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/graph-builder.js';
import { eventLines } from '../testing/event-lines.js';
import { readDocuments } from './read-documents.js';

it('keeps of a file of events what its graph holds, however often jobs ran', async () => {
  const builder = new GraphBuilder();
  let ahead = 0;
  const pieces = async function* () {
    for (const line of eventLines(20_000)) {
      ahead = Math.max(ahead, ++pulled - builder.told);
      yield line;
    }
  };
  let pulled = 0;
  await readDocuments(pieces(), { builder, source: 'events.ndjson', parserName: 'duckdb' });
  expect(builder.told).toBe(20_000);
  expect(ahead).toBeLessThan(5);
  expect(builder.operations.map(({ inputs, outputs }) => inputs.size + outputs.size)).toEqual(Array(20).fill(2));
  expect(builder.build().datasets).toHaveLength(20);
});
