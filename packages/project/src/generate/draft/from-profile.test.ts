import { Catalog } from '@aegis/engine';
import type { ColumnKind } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import type { Draft, DraftContext } from './draft.js';
import { draftFromProfile } from './from-profile.js';

const rows = 200;

const column = (name: string, kind: ColumnKind, changes: Partial<ColumnProfile> = {}): ColumnProfile => ({
  ...{ name, kind, native: kind.toUpperCase(), nonNull: rows - 1, values: [], examples: [] },
  ...changes,
});

const profile = (...columns: readonly ColumnProfile[]): TableProfile => ({
  description: { table: { kind: 'named', parts: ['orders'] }, kind: 'table', columns: [] },
  ...{ rows, columns, notes: [], statements: 2, bytesScanned: null },
});

const context: DraftContext = {
  now: '2026-01-15T12:00:00Z',
  timezone: 'UTC',
  isPersonal: () => false,
  isCovered: () => false,
};

const references = {
  tables: [],
  catalog: new Catalog(new FakeWarehouse({ dialect: duckdbDialect, answer: () => [] })),
};

/** Without what every table gets. */
const draft = async (
  columns: readonly ColumnProfile[],
  changes: Partial<DraftContext> = {},
): Promise<readonly Draft[]> =>
  (await draftFromProfile(profile(...columns), references, { ...context, ...changes })).filter(
    ({ type }) => type !== 'row_count',
  );

const logicOf = (drafts: readonly Draft[]) => drafts.map(({ type, logic }) => ({ type, ...logic }));

describe('a key', () => {
  const key = { nonNull: rows, distinct: rows };

  it('is unique, and never lacks where no row lacks it', async () => {
    expect(logicOf(await draft([column('order_id', 'integer', key)]))).toEqual([
      { type: 'unique', column: 'order_id' },
      { type: 'not_null', column: 'order_id' },
    ]);
    const partial = { nonNull: 150, distinct: 150 };
    expect(logicOf(await draft([column('voucher_code', 'text', partial)]))).toEqual([
      { type: 'unique', column: 'voucher_code' },
    ]);
  });

  it('is told by its name, by being a UUID, or by whole numbers without a gap', async () => {
    const types = async (each: ColumnProfile) => (await draft([each])).map(({ type }) => type);
    expect(await types(column('handle', 'uuid', key))).toContain('unique');
    expect(await types(column('line', 'integer', { ...key, min: '1', max: '200' }))).toContain('unique');
    expect(await types(column('population', 'integer', { ...key, min: '1', max: '90000' }))).not.toContain('unique');
    expect(await types(column('title', 'text', key))).not.toContain('unique');
    expect(await types(column('price_id', 'float', key))).not.toContain('unique');
  });
});

describe('completeness', () => {
  it('is one rule for all columns without a gap, but for those that have one already', async () => {
    const complete = ['a', 'b', 'c'].map((name) => column(name, 'boolean', { nonNull: rows }));
    const isCovered: DraftContext['isCovered'] = (type, columns) => type === 'not_null' && columns.join() === 'b';
    expect(logicOf(await draft([...complete, column('d', 'boolean')], { isCovered }))).toEqual([
      { type: 'not_null', columns: ['a', 'c'] },
    ]);
  });

  it('says how many columns where they are many', async () => {
    const complete = Array.from({ length: 8 }, (_, index) => column(`c${index}`, 'boolean', { nonNull: rows }));
    expect((await draft(complete))[0]?.description).toBe('8 columns always have a value: no NULL in 200 rows.');
  });
});

describe('a fixed list of values', () => {
  const listed = (values: readonly (readonly [string, number])[], changes: Partial<ColumnProfile> = {}) =>
    column('state', 'text', {
      ...{ values: values.map(([value, count]) => ({ value, rows: count })), examples: values.map(([value]) => value) },
      ...{ nonNull: values.reduce((sum, [, count]) => sum + count, 0) },
      ...changes,
    });

  it('is drafted in the order of the alphabet, with rare values named', async () => {
    const drafts = await draft([
      listed([
        ['shut', 12_000],
        ['open', 8000],
        ['opne', 1],
      ]),
    ]);
    expect(logicOf(drafts)).toEqual([{ type: 'accepted_values', column: 'state', values: ['open', 'opne', 'shut'] }]);
    expect(drafts[0]?.comments).toEqual(['Rare, so perhaps slips: opne (1 row)']);
  });

  it('takes more than a few rows, texts that are short, and values that are nobody’s', async () => {
    expect(
      await draft([
        listed([
          ['a', 2],
          ['b', 2],
        ]),
      ]),
    ).toEqual([]);
    expect(await draft([listed([['a'.repeat(61), 100]])])).toEqual([]);
    expect(
      await draft([
        listed([
          ['', 100],
          ['a', 90],
        ]),
      ]),
    ).toEqual([]);
    const isPersonal = (_column: string, value?: string) => value === 'ann@example.com';
    expect(
      await draft(
        [
          listed([
            ['ann@example.com', 50],
            ['x', 50],
          ]),
        ],
        { isPersonal },
      ),
    ).toEqual([]);
  });
});

describe('a number', () => {
  const number = (name: string, min: string, max: string, changes: Partial<ColumnProfile> = {}) =>
    column(name, 'decimal', { min, max, ...changes });

  it.each([
    ['amount', '3.5', '97', 0, 121],
    ['latitude', '40.1', '52.3', -90, 90],
    ['discount_rate', '0', '0.4', 0, 1],
    ['discount_rate', '0', '40', 0, 100],
    ['score', '2', '100', 0, 100],
    ['latitude', '0', '400', 0, 500],
  ])('%s from %s to %s stays between %s and %s', async (name, min, max, low, high) => {
    expect(logicOf(await draft([number(name, min, max)]))).toEqual([
      { type: 'between', column: name, min_value: low, max_value: high },
    ]);
  });

  it('that is a key, personal, not finite, beyond a double, hardly there or always the same has no bounds', async () => {
    expect(await draft([number('zip_code', '1', '9')])).toEqual([]);
    expect(await draft([number('salary', '1', '9')], { isPersonal: (name) => name === 'salary' })).toEqual([]);
    expect(await draft([number('x', '1', '9', { nonFinite: 2 })])).toEqual([]);
    expect(await draft([number('x', '1', '90071992547409930')])).toEqual([]);
    expect(await draft([number('x', '1', '9', { nonNull: 9 })])).toEqual([]);
    expect(await draft([number('x', '1', '1')])).toEqual([]);
    expect(await draft([column('x', 'decimal')])).toEqual([]);
  });
});

describe('a time', () => {
  const time = (name: string, max: string, kind: ColumnKind = 'timestamp') => column(name, kind, { min: max, max });

  it('that has passed stays in the past, and recent data stays recent', async () => {
    expect(logicOf(await draft([time('loaded_at', '2026-01-15 09:00:00')]))).toEqual([
      { type: 'no_future_dates', column: 'loaded_at' },
      { type: 'freshness', column: 'loaded_at', threshold: 24, unit: 'hours' },
    ]);
    const days = await draft([time('day', '2026-01-10', 'date')]);
    expect(logicOf(days)).toContainEqual({ type: 'freshness', column: 'day', threshold: 11, unit: 'days' });
  });

  it('of old data says nothing about how fresh it ought to be', async () => {
    expect(logicOf(await draft([time('day', '2001-06-30', 'date')]))).toEqual([
      { type: 'no_future_dates', column: 'day' },
    ]);
  });

  it('in the future, or of plans, may be there', async () => {
    expect(await draft([time('departs_at', '2026-03-01 00:00:00')])).toEqual([]);
    expect(logicOf(await draft([time('due_date', '2001-06-30', 'date')]))).toEqual([]);
  });

  it('is fresh by the column that says when rows arrived', async () => {
    const drafts = await draft([time('created_at', '2026-01-15 11:00:00'), time('loaded_at', '2026-01-15 09:00:00')]);
    expect(drafts.filter(({ type }) => type === 'freshness').map(({ logic }) => logic.column)).toEqual(['loaded_at']);
  });

  it('is read in the zone of the project', async () => {
    const ahead = [time('created_at', '2026-01-15 12:30:00')];
    expect(await draft(ahead)).toEqual([]);
    expect((await draft(ahead, { timezone: 'Europe/Zurich' })).map(({ type }) => type)).toContain('no_future_dates');
  });
});

describe('a form', () => {
  const texts = (name: string, ...examples: readonly string[]) => column(name, 'text', { examples });

  it.each([
    ['contact', ['a@b.ch', 'c@d.org', 'e.f@g.com', 'h@i.de', 'j@k.fr'], '^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$'],
    ['currency', ['CHF', 'EUR', 'USD', 'GBP', 'JPY'], '^[A-Z]{3}$'],
    ['day', ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05'], '^\\d{4}-\\d{2}-\\d{2}$'],
    ['zip', ['80001', '80002', '80003', '80004', '80005'], '^\\d{5}$'],
  ])('of %s is known', async (name, examples, pattern) => {
    expect(logicOf(await draft([texts(name, ...examples)]))).toEqual([{ type: 'regex_match', column: name, pattern }]);
  });

  it('that one value breaks, or that few values have, is none', async () => {
    expect(await draft([texts('contact', 'a@b.ch', 'c@d.org', 'e@g.com', 'h@i.de', 'nobody')])).toEqual([]);
    expect(await draft([texts('currency', 'CHF', 'EUR', 'USD', 'GBP')])).toEqual([]);
  });

  it('is named after the column only where the column is called so', async () => {
    const codes = ['ABE', 'ABI', 'ABQ', 'ABY', 'ACT'];
    const [destination] = await draft([texts('destination', ...codes)]);
    expect(destination?.description).toMatch(/codes of three capital letters/);
    expect((await draft([texts('country', ...codes)]))[0]?.description).toMatch(/ISO 3166/);
  });
});

it('volume may shrink to half', async () => {
  const drafts = await draftFromProfile(profile(), references, context);
  expect(logicOf(drafts)).toEqual([{ type: 'row_count', threshold: 100 }]);
  expect(await draftFromProfile({ ...profile(), rows: 0 }, references, context)).toEqual([]);
});

it('nothing is drafted that is there already', async () => {
  const isCovered: DraftContext['isCovered'] = (type) => type === 'between';
  expect(await draft([column('amount', 'integer', { min: '1', max: '9' })], { isCovered })).toEqual([]);
});
