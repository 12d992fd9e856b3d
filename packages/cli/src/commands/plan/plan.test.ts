import { expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

it('prints the statements of each table with their purpose and rules, and a total', async () => {
  const { code, stdout } = await aegis(['plan', 'rules'], { cwd: await shop() });
  expect(code).toBe(0);
  expect(stdout).toContain('customers.csv (duckdb): 3 rules\n');
  expect(stdout).toContain('\n  1. describe\n');
  expect(stdout).toMatch(/ {2}2\. \w+.*: .*amounts_there/);
  expect(stdout).toContain('     SELECT ');
  expect(stdout).toMatch(/\nTotal: \d+ statements/);
});

it('prints the same as data', async () => {
  const { stdout } = await aegis(['plan', 'rules', '--json'], { cwd: await shop() });
  const { tables, totals } = JSON.parse(stdout);
  expect(tables).toHaveLength(1);
  expect(totals.statements).toBeGreaterThan(0);
});

it('plans only what was selected', async () => {
  const { stdout } = await aegis(['plan', 'rules', '--select', 'keys'], { cwd: await shop() });
  expect(stdout).toContain('ids_unique');
  expect(stdout).not.toContain('amounts_there');
});

it('shows rules that could not be judged, and ends with 3', async () => {
  const { code, stdout } = await aegis(['plan', 'rules', '--where', 'nosuch > 1'], { cwd: await shop() });
  expect(code).toBe(3);
  expect(stdout).toContain('  error: ids_unique: ');
});
