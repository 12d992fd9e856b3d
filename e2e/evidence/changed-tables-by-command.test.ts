import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { rulesFile } from '../cli/project.js';
import { expectEnd } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { databaseWith, projectOn, runOn } from '../warehouses/postgres.js';
import { type Delivery, orders } from './judged-shop.js';

const rules = rulesFile({
  enough: { scope: 'table: orders', logic: 'type: row_count_between, min_value: 480, max_value: 659' },
  filled: { scope: 'table: orders', logic: 'type: not_null, column: status' },
});

const shop = async (settings = '') => {
  const database = await databaseWith('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC');
  const cwd = await projectOn(rules);
  const config = join(cwd, 'aegis.yaml');
  await writeFile(config, `${await readFile(config, 'utf8')}${settings}`);
  const day = async (delivery: Delivery, ...args: readonly string[]) => {
    await database.run('DROP TABLE IF EXISTS orders', orders(delivery));
    const now = `2026-01-${String(delivery.days + 1).padStart(2, '0')}T06:00:00Z`;
    return runOn(cwd, database.url, '--now', now, ...args);
  };
  const goodDays = async () => {
    for (const days of [8, 9, 10]) expectEnd(await day({ days }), { code: 0 });
  };
  return { cwd, day, goodDays };
};

const lost: Delivery = { days: 11, where: "country <> 'DE' OR id < 60" };

/** Countries that were kept as labels. */
const labelsIn = async (cwd: string): Promise<readonly string[]> => {
  const kept = await Promise.all(
    ['history.db', 'history.db-wal'].map((file) => readFile(join(cwd, file), 'latin1').catch(() => '')),
  );
  return [...kept.join().matchAll(/"country","([A-Z]{2})"/g)].map(([, label]) => label ?? '');
};

describe('a table that is judged as a whole, by the command', () => {
  scenario(
    'evidence/changed-tables',
    'tells what moved, without lineage and without a model',
    async () => {
      const { cwd, day, goodDays } = await shop();
      await goodDays();
      expect(await labelsIn(cwd)).toContain('DE');
      const finished = await day(lost);
      expectEnd(finished, { code: 1 });
      const [fact] = finished.report.results[0]?.diagnosis?.evidence ?? [];
      expect(fact).toMatchObject({
        kind: 'changed_since_good_run',
        numbers: { change: 'lost', segment: { country: 'DE' } },
      });
      expect(finished.stdout).toMatch(/of 600 rows 330 are left, where\s+country = DE/);
    },
    300_000,
  );

  scenario(
    'evidence/changed-tables',
    'tells no label of a column that is masked, and keeps none',
    async () => {
      const { cwd, day, goodDays } = await shop('redaction: { mask_columns: [country] }\n');
      await goodDays();
      const { report } = await day(lost);
      const facts = report.results[0]?.diagnosis?.evidence ?? [];
      expect(facts[0]?.sentence).toContain('of 600 rows 330 are left');
      expect(JSON.stringify(facts)).not.toMatch(/\bDE\b/);
      expect(await labelsIn(cwd)).toEqual([]);
    },
    300_000,
  );

  scenario(
    ['evidence/changed-tables', 'run/max-bytes'],
    'is not compared where no bytes are left, and says so',
    async () => {
      const { day, goodDays } = await shop();
      await goodDays();
      const { report } = await day(lost, '--max-bytes', '50000');
      expect(report.results[0]?.outcome).toBe('fail');
      expect(report.results[0]?.notes.join()).toMatch(
        /orders was not compared with its last good run: the statement would read \d+ bytes/,
      );
    },
    300_000,
  );
});
