import { expect, it } from 'vitest';
import { type SchemaRow, type ShownSchema, schemaRows } from './schema-table.js';

const typesOf = (schema: ShownSchema) => Object.fromEntries(schemaRows(schema).map(({ path, type }) => [path, type]));
const pathsOf = (rows: readonly SchemaRow[]) => rows.map(({ path }) => path);

it('lists parents before children, with dots, list items and keys that the author chooses', () => {
  const leaf: ShownSchema = { type: 'object', properties: { b: { type: 'string' } } };
  const schema: ShownSchema = {
    properties: { plain: leaf, list: { type: 'array', items: leaf }, named: { additionalProperties: leaf } },
  };
  expect(pathsOf(schemaRows(schema))).toEqual(['plain', 'plain.b', 'list', 'list[].b', 'named', 'named.<name>.b']);
});

it('names types as people do', () => {
  expect(
    typesOf({
      properties: {
        a: { type: 'string' },
        b: { type: 'string', format: 'date-time' },
        c: { type: 'array', items: { type: 'string' } },
        d: { type: 'string', enum: ['x', 'y'] },
        e: { type: 'string', const: 'v1' },
        f: { type: 'integer' },
        g: {},
      },
    }),
  ).toEqual({ a: 'text', b: 'instant', c: 'list of texts', d: '`x`, `y`', e: '`v1`', f: 'integer', g: 'any' });
});

it('says what may be null, however the schema says it', () => {
  const object: ShownSchema = { type: 'object', properties: { inner: { type: ['string', 'null'] } } };
  expect(typesOf({ properties: { a: { anyOf: [object, { type: 'null' }] } } })).toEqual({
    a: 'object or null',
    'a.inner': 'text or null',
  });
});

it('keeps the description, and says what is required', () => {
  const properties = { a: { type: 'number', description: 'Counts.' }, b: { type: 'number' } };
  expect(schemaRows({ properties, required: ['a'] })).toMatchObject([
    { path: 'a', isRequired: true, meaning: 'Counts.' },
    { path: 'b', isRequired: false, meaning: '' },
  ]);
});
