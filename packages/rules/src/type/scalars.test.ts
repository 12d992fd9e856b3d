import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ExactNumber } from './exact-number.js';
import { inputSchema } from './params-schema.js';
import { columnName, columnNames, decimal, integer, percent, scalar, tableReference } from './scalars.js';

const refusal = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('scalar', () => {
  it.each([
    ['text', 'text'],
    ['', ''],
    [new ExactNumber('9007199254740993'), '9007199254740993'],
    [new ExactNumber('1e3'), '1000'],
    [5, '5'],
    [0.1, '0.1'],
    [9007199254740993n, '9007199254740993'],
    [true, 'true'],
    [new Date('2024-01-31T12:00:00Z'), '2024-01-31T12:00:00.000Z'],
    [Number.NaN, 'NaN'],
  ])('reads value %#', (value, text) => {
    expect(scalar().parse(value)).toBe(text);
  });

  it('refuses NULL, lists, mappings, invalid dates and floats that lost digits', () => {
    expect(refusal(scalar(), null)).toBe('must not be NULL');
    expect(refusal(scalar(), [1])).toBe('must be a single value, not a list');
    expect(refusal(scalar(), { a: 1 })).toBe('must be a single value, not a mapping');
    expect(refusal(scalar(), undefined)).toBe('must be a single value, not nothing');
    expect(refusal(scalar(), new Date('never'))).toBe('must be a valid date');
    expect(refusal(scalar(), 2 ** 60)).toBe('must be written as text or as a bigint');
  });
});

describe('decimal', () => {
  it.each([
    [new ExactNumber('0.10'), '0.1'],
    [new ExactNumber('.5'), '0.5'],
    ['1e3', '1000'],
    [0.25, '0.25'],
    [-3, '-3'],
    [2n ** 70n, '1180591620717411303424'],
  ])('reads number %#', (value, text) => {
    expect(decimal().parse(value)).toBe(text);
  });

  it.each([
    [Number.NaN, 'must be a finite number'],
    [new ExactNumber('.inf'), 'must be a finite number'],
    ['ten', 'must be a number, not the text "ten"'],
    ['', 'must be a number, not an empty text'],
    [true, 'must be a number, not true'],
    [[1], 'must be a number, not a list'],
    [new ExactNumber('1e5000'), 'must have at most 1,000 digits'],
    [2 ** 53, 'must be written as text or as a bigint'],
  ])('refuses value %#', (value, message) => {
    expect(refusal(decimal(), value)).toBe(message);
  });

  it('compares with its limits exactly, both inclusive', () => {
    const share = percent();
    expect(share.parse('100')).toBe('100');
    expect(share.parse('0')).toBe('0');
    expect(refusal(share, '100.00000000000000000001')).toBe('must be between 0 and 100');
    expect(refusal(decimal({ min: 1 }), '0.5')).toBe('must be at least 1');
    expect(refusal(decimal({ max: 1 }), '1.5')).toBe('must be at most 1');
  });

  it('says how to write a percentage', () => {
    expect(percent().safeParse('5 %').error?.issues[0]).toMatchObject({
      params: { hint: 'Write the percentage without the `%` sign.' },
    });
  });
});

describe('integer', () => {
  it('takes whole numbers in any notation', () => {
    expect(integer().parse('1e3')).toBe('1000');
    expect(integer().parse(new ExactNumber('5.0'))).toBe('5');
    expect(refusal(integer(), '1.5')).toBe('must be a whole number');
    expect(refusal(integer({ min: 1 }), 0)).toBe('must be at least 1');
  });
});

describe('column names', () => {
  it('may hold spaces, dots, quotes and any letter, but are not empty', () => {
    for (const name of ['order id', 'a.b', '"x"', 'größe', '列']) expect(columnName().parse(name)).toBe(name);
    expect(refusal(columnName(), '')).toBe('must not be empty');
    expect(refusal(columnName(), 'a\0b')).toBe('must not contain the NUL character');
    expect(columnName().safeParse(new ExactNumber('5')).success).toBe(false);
  });

  it('are named once each', () => {
    expect(columnNames().parse(['a', 'A'])).toEqual(['a', 'A']);
    expect(refusal(columnNames(), ['a', 'a'])).toBe('must name every column once');
    expect(refusal(columnNames(), [])).toBe('must name at least one column');
    expect(refusal(columnNames({ min: 2 }), ['a'])).toBe('must name at least 2 columns');
  });
});

describe('tableReference', () => {
  it('refuses what names no table', () => {
    expect(tableReference().parse('raw.orders')).toBe('raw.orders');
    expect(refusal(tableReference(), 'a..b')).toBe('must have a name between its dots');
  });
});

it('describes every schema in JSON Schema', () => {
  const schema = z.strictObject({
    a: scalar().describe('A.'),
    b: decimal({ min: 0 }).optional(),
    c: percent().default('5'),
    d: integer(),
    e: columnNames(),
    f: tableReference(),
  });
  expect(inputSchema(schema)).toMatchObject({
    properties: {
      a: { type: ['string', 'number', 'boolean'], description: 'A.' },
      b: { type: ['number', 'string'], minimum: 0 },
      c: { type: ['number', 'string'], minimum: 0, maximum: 100, default: 5 },
      d: { type: ['integer', 'string'] },
      e: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } },
      f: { type: 'string', format: 'aegis-table-name' },
    },
    required: ['a', 'd', 'e', 'f'],
  });
});
