import { beforeAll, describe, expect, it } from 'vitest';
import { attacksOn } from './__fixtures__/attacks.js';
import { dialectNames } from './__fixtures__/dialects.js';
import { refusalOf } from './__fixtures__/refusal.js';
import { loadGuard, type SqlGuard } from './index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

describe.each(dialectNames)('the guard of %s', (dialect) => {
  const { expressions, queries } = attacksOn(dialect);

  it.each(expressions.map((sql) => [sql]))('refuses the expression %j, and says what to do', (sql) => {
    const refusal = refusalOf(guard, 'expression', sql, dialect);
    expect(refusal?.message).toMatch(/\S/);
    expect(refusal?.hint).toMatch(/\S/);
  });

  it.each(queries.map((sql) => [sql]))('refuses the query %j, and says what to do', (sql) => {
    const refusal = refusalOf(guard, 'query', sql, dialect);
    expect(refusal?.message).toMatch(/\S/);
    expect(refusal?.hint).toMatch(/\S/);
  });

  it('meets more than sixty attacks of each kind', () => {
    expect(new Set(expressions).size).toBeGreaterThan(60);
    expect(new Set(queries).size).toBeGreaterThan(60);
  });
});
