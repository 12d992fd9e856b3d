import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { aegis } from './aegis.js';
import { folderWith, rulesFile, runArgs, shop } from './project.js';
import { aegisReport, expectEnd, outcomesOf } from './reports.js';

describe('a run', () => {
  scenario('run/where', 'looks only at the rows that --where leaves', async () => {
    const cwd = await shop();
    const { report } = await aegisReport([...runArgs, '--where', 'id % 10 > 0'], { cwd });
    expect(report.results.map(({ outcome, rows_checked }) => [outcome, rows_checked])).toEqual([
      ['pass', 90],
      ['pass', 90],
    ]);
    expectEnd(await aegis([...runArgs, '--where', '1 = 1) or (1 = 1'], { cwd }), { code: 2, stderr: /column \d+/ });
  });

  scenario(['run/timeout', 'exit/incomplete'], 'ends a statement that takes longer than --timeout', async () => {
    const names = [...'abcdefgh'];
    const product = names.map((name) => `${name}.amount`).join(' * ');
    const endless = `select 1 from ${names.map((name) => `{table} ${name}`).join(', ')} where ${product} = -1`;
    const cwd = await shop({
      endless: { scope: 'table: orders', logic: `type: custom_sql, query: "${endless}"` },
      quick: { scope: 'table: orders', logic: 'type: not_null, column: id' },
    });
    const finished = await aegisReport([...runArgs, '--timeout', '0.5'], { cwd });
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({ endless: 'error', quick: 'pass' });
    expect(finished.report.results[0]?.error?.code).toBe('warehouse/timeout');
  });

  scenario('run/now', 'judges dates by --now', async () => {
    const cwd = await folderWith({
      'loads.csv': 'loaded_at\n2026-01-15 11:00:00\n',
      'rules.yaml': rulesFile({
        fresh: { scope: 'table: ./loads.csv', logic: 'type: freshness, column: loaded_at, threshold: 1, unit: hours' },
        past: { scope: 'table: ./loads.csv', logic: 'type: no_future_dates, column: loaded_at' },
      }),
    });
    const at = async (now: string) => {
      const finished = await aegisReport(['run', 'rules.yaml', '--no-llm', '--now', now], { cwd });
      return outcomesOf(finished.report);
    };
    expect(await at('2026-01-15T12:00:00Z')).toEqual({ fresh: 'pass', past: 'pass' });
    expect(await at('2026-01-15T12:00:01Z')).toEqual({ fresh: 'fail', past: 'pass' });
    expect(await at('2026-01-15T10:00:00Z')).toEqual({ fresh: 'fail', past: 'fail' });
  });

  scenario('run/samples', 'writes values of rows masked, and prints them raw only when asked', async () => {
    const address = 'ann.smith@example.com';
    const cwd = await folderWith({
      'people.csv': `id,email\n1,${address}\n2,nobody\n`,
      'rules.yaml': rulesFile({
        mail: { scope: 'table: ./people.csv', logic: 'type: regex_match, column: email, pattern: "@acme[.]com$"' },
      }),
    });
    const run = ['run', 'rules.yaml', '--no-llm', '--history', 'history.db', '--output-json', 'report.json'];
    expect((await aegis(run, { cwd })).stdout).not.toContain(address);
    expect((await aegis([...run, '--samples', 'full'], { cwd })).stdout).toContain(address);
    expect((await aegis([...run, '--samples', 'full', '--format', 'json'], { cwd })).stdout).not.toContain(address);
    for (const file of ['report.json', 'history.db']) {
      expect((await readFile(join(cwd, file))).includes(address), file).toBe(false);
    }
    const { report } = await aegisReport(['run', 'rules.yaml', '--no-llm', '--samples', 'none'], { cwd });
    expect(report.results[0]?.sample).toEqual([]);
  });

  scenario('config/precedence', 'takes a flag before the environment, and that before aegis.yaml', async () => {
    const cwd = await shop(undefined, {
      'aegis.yaml': [
        'default_warehouse: shop',
        'warehouses: { shop: { type: duckdb, path: shop.duckdb } }',
        'audit: { path: configured.db }',
      ].join('\n'),
    });
    const run = ['run', 'rules.yaml', '--no-llm'];
    const env = { AEGIS_HISTORY: 'environment.db' };
    expectEnd(await aegis([...run, '--history', 'flag.db'], { cwd, env }), { code: 1 });
    expect(existsSync(join(cwd, 'environment.db'))).toBe(false);
    expectEnd(await aegis(run, { cwd, env }), { code: 1 });
    expect(existsSync(join(cwd, 'configured.db'))).toBe(false);
    expectEnd(await aegis(run, { cwd }), { code: 1 });
    for (const name of ['flag.db', 'environment.db', 'configured.db']) expect(existsSync(join(cwd, name))).toBe(true);
  });
});
