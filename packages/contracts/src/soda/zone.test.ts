import { describe, expect, it } from 'vitest';
import { countCondition, inclusiveBounds, integerBounds, inverse, readZone, type Zone, zoneSql } from './zone.js';

const zone = (text: string): Zone => readZone(text) ?? expect.fail(`${text} is no condition`);

describe('conditions', () => {
  it.each([
    ['> 5', 'x > 5'],
    ['<= 2.5%', 'x <= 2.5'],
    ['= 0', 'x >= 0 and x <= 0'],
    ['!= 3', 'not (x >= 3 and x <= 3)'],
    ['between 1 and 10', 'x >= 1 and x <= 10'],
    ['between (1 and 10]', 'x > 1 and x <= 10'],
    ['between -5.5 and  7)', 'x >= -5.5 and x < 7'],
    ['not between 1 and 10', 'not (x >= 1 and x <= 10)'],
  ])('%s is %s', (text, sql) => {
    expect(zoneSql(zone(text), 'x')).toBe(sql);
  });

  it.each(['default', '> x', 'between 5 and 1', '> 1d', '', 'between 1', '> 5 or < 2'])('%s is none', (text) => {
    expect(readZone(text)).toBeUndefined();
  });
});

it.each([
  ['< 5', 'x >= 5'],
  ['>= 5', 'x < 5'],
  ['= 0', 'not (x >= 0 and x <= 0)'],
  ['!= 0', 'x >= 0 and x <= 0'],
  ['between 1 and 2', 'not (x >= 1 and x <= 2)'],
])('the opposite of %s is %s', (text, sql) => {
  expect(zoneSql(inverse(zone(text)), 'x')).toBe(sql);
  expect(inverse(inverse(zone(text)))).toEqual(zone(text));
});

it.each([
  ['> 5', '> 5'],
  ['>= 3', '>= 3'],
  ['!= 0', '> 0'],
  ['not between 0 and 10', '> 10'],
  ['not between (-1 and 10)', '>= 10'],
  ['< 5', undefined],
  ['= 0', undefined],
  ['not between 1 and 10', undefined],
])('a count that may not be %s has the limit %s', (text, condition) => {
  expect(countCondition(zone(text))).toBe(condition);
});

it.each([
  ['between 1 and 2.5', { min_value: 1, max_value: 2.5 }],
  ['>= 1', { min_value: 1 }],
  ['> 1', undefined],
  ['!= 1', undefined],
])('bounds of %s', (text, bounds) => {
  expect(inclusiveBounds(zone(text))).toEqual(bounds);
});

it.each([
  ['> 0', { min: 1, max: undefined }],
  ['>= 0.5', { min: 1, max: undefined }],
  ['between (1 and 10)', { min: 2, max: 9 }],
  ['< 5', { min: undefined, max: 4 }],
  ['between -3 and 2', { min: 0, max: 2 }],
  ['< 0', undefined],
  ['!= 1', undefined],
])('counts of %s', (text, bounds) => {
  expect(integerBounds(zone(text))).toEqual(bounds);
});
