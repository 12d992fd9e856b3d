import type { Session } from '@aegis/sql/transport';
import { describe, expect, it } from 'vitest';
import { Catalogue } from './duckdb-catalogue.js';

const names = ['orders', 'Items', 'customers', 'days', 'rates', 'notes'];

/** Answers the catalogue query with one column per table, and counts how often it was asked. */
const session = (): Session & { readonly asked: string[] } => {
  const asked: string[] = [];
  const row = (table: string) => ['shop', 'main', table, 'id', 'INTEGER', true, true, true, true];
  return {
    asked,
    run: async (sql) => {
      asked.push(sql);
      const wanted = names.filter((name) => !sql.includes('lower(') || sql.includes(`lower('${name}')`));
      return { names: [], rows: wanted.map(row) };
    },
  };
};

const describeAll = async (catalogue: Catalogue) =>
  Promise.all(names.map((name) => catalogue.describe({ kind: 'named', parts: [name] })));

describe('the catalogue of a database', () => {
  it('is read once when many tables of an immutable database are asked for', async () => {
    const source = session();
    const catalogue = new Catalogue(source, true);
    const descriptions = [...(await describeAll(catalogue)), ...(await describeAll(catalogue))];
    expect(descriptions.every((description) => description?.columns[0]?.name === 'id')).toBe(true);
    expect(source.asked).toHaveLength(5);
  });

  it('is asked every time where another process may change it', async () => {
    const source = session();
    await describeAll(new Catalogue(source, false));
    expect(source.asked).toHaveLength(names.length);
  });

  it('finds remembered tables without case, and by schema and database', async () => {
    const catalogue = new Catalogue(session(), true);
    await describeAll(catalogue);
    const found = async (...parts: string[]) => (await catalogue.describe({ kind: 'named', parts }))?.table;
    expect(await found('ITEMS')).toEqual({ kind: 'named', parts: ['Items'] });
    expect(await found('main', 'orders')).toMatchObject({ kind: 'named' });
    expect(await found('shop', 'main', 'orders')).toMatchObject({ kind: 'named' });
    expect(await found('other', 'orders')).toBeUndefined();
    expect(await found('a', 'b', 'c', 'orders')).toBeUndefined();
  });

  it('is read again after an attempt that failed', async () => {
    const source = session();
    let fails = true;
    const failing: Session = {
      run: async (sql, limit) => {
        if (fails && !sql.includes('lower(')) throw new Error('interrupted');
        return source.run(sql, limit);
      },
    };
    const catalogue = new Catalogue(failing, true);
    await expect(describeAll(catalogue)).rejects.toThrow('interrupted');
    fails = false;
    expect(await catalogue.describe({ kind: 'named', parts: ['orders'] })).toBeDefined();
  });
});
