import { GuardError } from '@aegis/spec';
import { loadGuard, type SqlGuard } from '@aegis/sql/guard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectNames, dialects } from '../../packages/sql/src/guard/__fixtures__/dialects.js';
import { acceptedIn } from './corpus/accepted.js';
import { refusedIn } from './corpus/refused.js';
import { type Engines, openEngines } from './engines/index.js';
import type { Worlds } from './engines/world.js';
import { findingsOn } from './findings.js';
import { scope } from './grammar/index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

describe.each(dialectNames)('of the statements for %s, the guard', (dialect) => {
  const refused = refusedIn(dialect);
  const accepted = acceptedIn(dialect);

  it('meets at least 200 that are hostile and 100 that are not, no two alike', () => {
    const texts = refused.map(([, sql]) => sql);
    expect(new Set(texts).size).toBe(texts.length);
    expect(new Set(accepted).size).toBe(accepted.length);
    expect(texts.length).toBeGreaterThanOrEqual(200);
    expect(accepted.length).toBeGreaterThanOrEqual(100);
  });

  it.each(refused)('refuses %s: %j', (_, sql) => {
    const attempt = () => guard.read(sql, dialects[dialect], scope);
    expect(attempt).toThrow(GuardError);
    expect(attempt).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/\S/), hint: expect.stringMatching(/\S/) }),
    );
  });

  it.each(accepted.map((sql) => [sql]))('lets pass %j, and the same again as it runs', (sql) => {
    const { sql: runs } = guard.read(sql, dialects[dialect], scope);
    expect(runs).toMatch(/ LIMIT 500$/);
    expect(() => guard.read(runs, dialects[dialect], scope)).not.toThrow();
  });
});

describe.each(['duckdb', 'postgres'] as const)('what the guard lets pass, on %s', (dialect) => {
  let open: Engines;
  let worlds: Worlds;
  beforeAll(async () => {
    open = await openEngines();
    worlds = open.engines[dialect];
  });
  afterAll(() => open.close());

  const rowsOf = async (sql: string): Promise<readonly string[]> => {
    const shown = await worlds.uncontained(sql);
    if (shown.kind === 'error') throw new Error(`${sql}: ${shown.message}`);
    return shown.rows;
  };

  const inOrder = (sql: string, rows: readonly string[]): readonly string[] =>
    /\border by [^()]*$/i.test(sql) ? rows : rows.toSorted();

  it.each(acceptedIn(dialect).map((sql) => [sql]))(
    'answers as it was written, and reaches no further: %j',
    async (sql) => {
      const { sql: runs } = guard.read(sql, dialects[dialect], scope);
      expect(inOrder(sql, await rowsOf(runs))).toEqual(inOrder(sql, await rowsOf(sql)));
      expect(await findingsOn(runs, dialect, worlds)).toEqual({ what: [], isAnswered: true });
    },
  );

  it.each(acceptedIn(dialect).map((sql) => [sql]))(
    'answers with the first rows alone where few are allowed: %j',
    async (sql) => {
      const [few, all] = [
        await rowsOf(guard.read(sql, dialects[dialect], { ...scope, rowLimit: 2 }).sql),
        await rowsOf(sql),
      ];
      expect(few).toHaveLength(Math.min(2, all.length));
      if (inOrder(sql, all) === all) expect(few).toEqual(all.slice(0, 2));
      else expect(all).toEqual(expect.arrayContaining([...few]));
    },
  );
});
