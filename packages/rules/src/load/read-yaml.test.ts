import { describe, expect, it } from 'vitest';
import { ExactNumber } from '../type/exact-number.js';
import { readYaml } from './read-yaml.js';

const read = (text: string) => readYaml({ file: 'f.yaml', text });
const value = (text: string) => read(text).documents[0];
const number = (text: string) => new ExactNumber(text);

describe('values', () => {
  it.each([
    ['5', number('5')],
    ['-0.10', number('-0.10')],
    ['1e400', number('1e400')],
    ['.inf', number('.inf')],
    ['0x1F', number('0x1F')],
    ['123456789012345678901234567890.5', number('123456789012345678901234567890.5')],
    ['"5"', '5'],
    ['!!str 5', '5'],
    ['!!int "5"', number('5')],
    ['true', true],
    ['null', null],
    ['~', null],
    ['2024-01-31', '2024-01-31'],
    ['|\n  a\n  b\n', 'a\nb\n'],
    ['>-\n  a\n  b\n', 'a b'],
    ["'it''s'", "it's"],
  ])('%j is read as it is meant', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('have text keys, numbers included', () => {
    expect(value('{ 1: a, 1.0: b, true: c, "": d }')).toEqual({ '1': 'a', '1.0': 'b', true: 'c', '': 'd' });
  });

  it('share what an alias repeats', () => {
    expect(value('a: &x [1]\nb: *x\nc: &x 2\nd: *x')).toEqual({
      a: [number('1')],
      b: [number('1')],
      c: number('2'),
      d: number('2'),
    });
  });
});

describe('positions', () => {
  const text = 'a:\n  - b: 1\n    c: "x"\n  - d\ne: {f: [1, 2]}\n';
  const { documents, positions } = read(text);
  const at = (path: PropertyKey[], part?: 'key' | 'value') => {
    const { line, column } = positions.locate(documents[0], path, part) ?? {};
    return [line, column];
  };

  it('are those of the value, or of its key', () => {
    expect(at([])).toEqual([1, 1]);
    expect(at(['a'], 'key')).toEqual([1, 1]);
    expect(at(['a'])).toEqual([2, 3]);
    expect(at(['a', 0])).toEqual([2, 5]);
    expect(at(['a', 0, 'c'])).toEqual([3, 8]);
    expect(at(['a', 0, 'c'], 'key')).toEqual([3, 5]);
    expect(at(['a', 1])).toEqual([4, 5]);
    expect(at(['e', 'f', 1])).toEqual([5, 12]);
  });

  it('are those of the nearest thing around what is not there', () => {
    expect(at(['a', 0, 'missing'])).toEqual([2, 5]);
    expect(at(['e', 'missing', 'deeper'])).toEqual([5, 1]);
    expect(at(['missing'])).toEqual([1, 1]);
    expect(positions.locate('text', ['x'])).toBeUndefined();
  });

  it('count a byte order mark and CRLF as editors do', () => {
    const { documents, positions } = read('\uFEFFa: 1\r\nb: 2\r\n');
    expect(positions.locate(documents[0], ['a'])).toEqual({ file: 'f.yaml', line: 1, column: 4 });
    expect(positions.locate(documents[0], ['b'])).toEqual({ file: 'f.yaml', line: 2, column: 4 });
  });
});

it('reports one mistake a line, and reads the other documents', () => {
  const { documents, problems } = read('a: [1\n---\nb: 2\n');
  expect(problems).toHaveLength(1);
  expect(documents).toEqual([{ b: number('2') }]);
});
