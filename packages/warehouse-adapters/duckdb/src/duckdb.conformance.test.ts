import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { warehouseConformance } from '@aegis/conformance/warehouse';
import { seedKit } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const folder = await mkdtemp(join(tmpdir(), 'aegis-duckdb-conformance-'));
const path = join(folder, 'kit.duckdb');

warehouseConformance({
  name: 'duckdb',
  create: () => duckdb({ path }),
  createWritable: () => duckdb({ path: join(folder, 'writable.duckdb'), access: 'read_write' }),
  seed: (tables) => seedKit(path, tables),
  destroy: () => rm(folder, { recursive: true }),
});
