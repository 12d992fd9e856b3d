import { describe, expect, it } from 'vitest';
import { parseJson } from './trino-json.js';
import type { TypeSignature, WireValue } from './trino-protocol.js';
import { cellsOf } from './trino-values.js';

const type = (rawType: string, ...parts: readonly TypeSignature[]): TypeSignature => ({
  rawType,
  arguments: parts.map((value) => ({ kind: 'TYPE', value })),
});

const row = (...fields: readonly (readonly [name: string | undefined, type: TypeSignature])[]): TypeSignature => ({
  rawType: 'row',
  arguments: fields.map(([name, typeSignature]) => ({
    kind: 'NAMED_TYPE',
    value: { ...(name !== undefined && { fieldName: { name } }), typeSignature },
  })),
});

const cell = (json: string, typeSignature: TypeSignature) =>
  cellsOf([parseJson(json) as WireValue], [{ name: 'x', type: '', typeSignature }])[0];

describe('values', () => {
  it.each<[string, string, TypeSignature, unknown]>([
    ['a bigint', '9223372036854775807', type('bigint'), '9223372036854775807'],
    ['a small bigint', '1', type('bigint'), '1'],
    ['an integer', '-2147483648', type('integer'), -2_147_483_648],
    ['a decimal', '"1.50"', type('decimal'), '1.50'],
    ['a double', '0.1', type('double'), 0.1],
    ['a large whole double', '9007199254740992', type('double'), 9_007_199_254_740_992],
    ['a double beyond 15 digits', '123456789012345680', type('double'), 123_456_789_012_345_680],
    ['the smallest double', '5.0E-324', type('double'), 5e-324],
    ['NaN', '"NaN"', type('double'), 'NaN'],
    ['an infinity', '"-Infinity"', type('real'), '-Infinity'],
    ['−0', '-0.0', type('double'), 0],
    ['a boolean', 'true', type('boolean'), true],
    ['text', '"it\'s"', type('varchar'), "it's"],
    ['text of digits', '"12345678901234567890"', type('varchar'), '12345678901234567890'],
    ['bytes', '"QUI="', type('varbinary'), 'QUI='],
    ['a date', '"2026-01-15"', type('date'), '2026-01-15'],
    ['a time', '"12:00:00.500000"', type('time'), '12:00:00.5'],
    ['a timestamp', '"2026-01-15 12:00:00.000"', type('timestamp'), '2026-01-15T12:00:00'],
    [
      'a timestamp of twelve digits',
      '"2026-01-15 12:00:00.123456789012"',
      type('timestamp'),
      '2026-01-15T12:00:00.123456789012',
    ],
    ['an instant in UTC', '"0001-01-01 00:00:00.100 UTC"', type('timestamp with time zone'), '0001-01-01T00:00:00.1Z'],
    [
      'an instant in a region',
      '"2026-07-15 12:00:00.000001 Europe/Zurich"',
      type('timestamp with time zone'),
      '2026-07-15T10:00:00.000001Z',
    ],
    [
      'an instant with an offset',
      '"2026-01-15 12:00:00.000 +05:45"',
      type('timestamp with time zone'),
      '2026-01-15T06:15:00Z',
    ],
    ['a UUID', '"6f9619ff-8b86-d011-b42d-00c04fc964ff"', type('uuid'), '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['JSON', '"{\\"a\\":1}"', type('json'), '{"a":1}'],
    ['an interval', '"1 00:00:00.000"', type('interval day to second'), '1 00:00:00.000'],
    ['NULL', 'null', type('bigint'), null],
    ['a list', '[9007199254740993, null]', type('array', type('bigint')), ['9007199254740993', null]],
    ['a list of lists', '[["NaN"]]', type('array', type('array', type('double'))), [['NaN']]],
    [
      'a map',
      '{"a": 1, "__proto__": 2}',
      type('map', type('varchar'), type('bigint')),
      JSON.parse('{"a":"1","__proto__":"2"}'),
    ],
    [
      'a row',
      '[1, [2, null]]',
      row(['a', type('bigint')], ['b', row([undefined, type('integer')], ['x', type('varchar')])]),
      { a: '1', b: { field0: 2, x: null } },
    ],
    ['a row with a name twice', '[1, 2]', row(['a', type('integer')], ['a', type('integer')]), { a: 1, a_2: 2 }],
    ['a sketch', '"AQ=="', type('HyperLogLog'), 'AQ=='],
    ['something new that is structured', '{"x":1}', type('geometry'), '{"x":1}'],
  ])('of the wire are JSON-safe by type: %s', (_, json, typeSignature, expected) => {
    const found = cell(json, typeSignature);
    expect(found).toEqual(expected);
    expect(JSON.parse(JSON.stringify(found))).toEqual(expected);
  });
});
