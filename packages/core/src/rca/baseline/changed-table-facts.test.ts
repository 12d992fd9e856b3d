import type { TracedDataset } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { changedTableFacts } from './changed-table-facts.js';
import type { Change } from './changes.js';
import type { Segment } from './segments.js';
import type { ChangedTable } from './survey-changes.js';

const dataset: TracedDataset = {
  ...{ id: 'orders', name: 'orders', table: { kind: 'named', parts: ['orders'] }, kind: 'table' },
  ...{ columns: [], distance: 0, isDropped: false },
};

const change = (more: Partial<Change>): Change => ({
  ...{ kind: 'nulls', column: 'status', measure: 'length', before: 0, after: 0.355, strength: 0.355 },
  ...{ isCertain: true, segment: null },
  ...more,
});

const segment = (more: Partial<Segment> = {}): Segment => ({
  ...{ dimension: 'country', value: 'DE', others: [], is: 'equal', isMostly: false, before: 15_000, after: 3_000 },
  ...more,
});

const lost = change({ kind: 'lost', column: null, measure: null, before: 90_000, after: 78_000, segment: segment() });
const nulls = change({ segment: segment({ value: 'CH', before: 0, after: 1 }) });
const mean = change({ kind: 'values', column: 'amount', measure: 'number', before: 54.5, after: 1234.5678 });

const table = (all: readonly Change[], more: Partial<ChangedTable> = {}): ChangedTable => ({
  ...{
    dataset,
    all,
    principal: all[0],
    since: '2026-11-28T07:40:12.000Z',
    isProven: true,
    columns: undefined,
    sql: 'SELECT 1',
  },
  ...more,
});

const told = (changed: ChangedTable, columns: readonly string[] = [], name?: string) =>
  changedTableFacts(changed, { columns, name }).map(({ sentence }) => sentence);

const since = 'Since the run of 2026-11-28 07:40,';

describe('facts about a table that is not what it was', () => {
  it('are the change that others follow from, and those of columns that the rule reads', () => {
    expect(told(table([lost, nulls, mean]))).toEqual([
      `${since} of 90,000 rows 78,000 are left, where country = DE (3,000 of 15,000).`,
    ]);
    expect(told(table([lost, nulls, mean]), ['AMOUNT'])).toEqual([
      expect.stringContaining('are left'),
      `${since} the mean of amount is 1,234.57, after 54.5.`,
    ]);
    expect(told(table([mean, nulls], { principal: nulls }), ['amount'])).toEqual([
      `${since} status is NULL in 35.5 % of rows, after 0 %, where country = CH (100 %, after 0 %).`,
      expect.stringContaining('the mean of amount'),
    ]);
  });

  it('are three at most, and none twice', () => {
    const [days, hours] = (['days', 'hours'] as const).map((measure) => change({ column: 'placed_at', measure }));
    if (!days || !hours) throw new Error('both are changes');
    expect(told(table([days, hours]), ['placed_at'])).toHaveLength(1);
    const columns = { gone: ['note'], added: [], retyped: [] };
    const all = [lost, mean, change({ column: 'amount' }), change({ kind: 'categories', column: 'amount' })];
    expect(told(table(all), ['amount'])).toHaveLength(3);
    expect(told(table(all, { columns }), ['amount']).map((sentence) => sentence.includes('note is gone'))).toEqual([
      ...[false, false, true],
    ]);
  });

  it('begin with columns that came or went where the rule reads one of them', () => {
    const columns = {
      gone: ['note', 'tag'],
      added: [],
      retyped: [{ name: 'amount', before: 'integer', after: 'text' }],
    };
    expect(told(table([lost], { columns }), ['amount'])).toEqual([
      `${since} columns note and tag are gone; column amount is text, after integer.`,
      expect.stringContaining('are left'),
    ]);
    expect(told(table([], { columns, principal: undefined }))).toHaveLength(1);
  });

  it('name the table of two', () => {
    expect(told(table([mean]), [], 'raw.orders')).toEqual([
      `${since} raw.orders has changed: the mean of amount is 1,234.57, after 54.5.`,
    ]);
  });

  it('name a few of many values, and say what is only mostly so', () => {
    const values = (others: readonly string[], more: Partial<Segment> = {}) =>
      told(table([{ ...lost, segment: segment({ others, ...more }) }]))[0]?.replace(/^.*are left, | \(.*$/g, '');
    expect(values(['FR'])).toBe('where country is DE or FR');
    expect(values(['FR', 'CH', 'AT'])).toBe('where country is DE, FR, CH or AT');
    expect(values(['FR', 'CH', 'AT', 'IT'])).toBe('where country is DE, FR, CH or one of 2 more');
    expect(values([], { isMostly: true })).toBe('mostly where country = DE');
    expect(values(['2026-01-05'], { is: 'on_day', value: '2026-01-02' })).toBe(
      'where country is on 2026-01-02 or 2026-01-05',
    );
  });

  it('have numbers that say the same', () => {
    const [fact] = changedTableFacts(table([nulls]), { columns: [], name: undefined });
    expect(fact).toMatchObject({ kind: 'changed_since_good_run', sql: 'SELECT 1' });
    expect(fact?.numbers).toEqual({
      ...{ last_good_run: '2026-11-28T07:40:12.000Z', change: 'nulls', column: 'status', before: 0, after: 0.355 },
      ...{ segment: { country: 'CH' }, is: 'equal' },
    });
  });
});
