import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLineage, writeEvents } from './measure.js';

const usage = `Measures how long a lineage graph takes to read and to ask.

  pnpm bench:lineage [--quick]

--quick reads a tenth of the 100,000 datasets and 1,000,000 edges.`;

const run = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'aegis-bench-lineage-'));
  try {
    const size = { datasets: argv.includes('--quick') ? 10_000 : 100_000, inputs: 10, columns: 3 };
    const bytes = await writeEvents(join(folder, 'events.ndjson'), size);
    console.log(`${size.datasets} events, ${(bytes / 1e6).toFixed(0)} MB`);
    for (const { what, ms, found } of await measureLineage(join(folder, 'events.ndjson')))
      console.log(`${what.padEnd(36)} ${ms.toFixed(ms < 10 ? 2 : 0).padStart(8)} ms  ${found}`);
    console.log(
      `heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB, resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
};

await run(process.argv.slice(2));
