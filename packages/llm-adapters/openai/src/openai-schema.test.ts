import type { JsonObject } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { strictSchema, withoutStrictNulls } from './openai-schema.js';

const text = { type: 'string' } as const;
const object = (properties: JsonObject, required: readonly string[], more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  required,
  ...more,
});

describe('a schema in strict mode', () => {
  it('stays as it is where strict mode takes it', () => {
    const schema = object({ a: text, b: { type: 'array', items: text } }, ['a', 'b'], { additionalProperties: false });
    expect(strictSchema(schema)).toEqual(schema);
  });

  it('has every property required, optional ones may be null, and objects are closed at every depth', () => {
    const inner = object({ c: { type: ['integer', 'null'] } }, []);
    const schema = object({ a: text, b: inner, $ref: text }, ['b']);
    expect(strictSchema(schema)).toEqual({
      type: 'object',
      properties: {
        a: { anyOf: [text, { type: 'null' }] },
        b: { ...inner, required: ['c'], additionalProperties: false },
        $ref: { anyOf: [text, { type: 'null' }] },
      },
      required: ['a', 'b', '$ref'],
      additionalProperties: false,
    });
  });

  it('keeps definitions and references to them, recursive ones as well', () => {
    const schema = object({ root: { $ref: '#/$defs/node' } }, ['root'], {
      $defs: { node: object({ next: { $ref: '#/$defs/node' } }, []) },
    });
    expect(strictSchema(schema)).toMatchObject({
      properties: { root: { $ref: '#/$defs/node' } },
      $defs: {
        node: { required: ['next'], properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } } },
      },
    });
  });

  it('loses words that only narrow', () => {
    const schema = object({ a: { ...text, minLength: 1, format: 'uri', default: 'x' } }, ['a'], { $schema: 'x' });
    expect(strictSchema(schema)).toEqual(object({ a: text }, ['a'], { additionalProperties: false }));
  });

  it.each<[string, JsonObject]>([
    ['is no object', { type: 'array', items: text }],
    ['has several shapes at its root', { anyOf: [object({ a: text }, ['a'])] }],
    ['is open', object({ a: text }, ['a'], { additionalProperties: true })],
    ['is a map', { type: 'object', additionalProperties: text }],
    ['holds a map', object({ a: { type: 'object', additionalProperties: text } }, ['a'])],
    ['holds any value', object({ a: {} }, ['a'])],
    ['holds true instead of a schema', object({ a: true }, ['a'])],
    ['holds a list of anything', object({ a: { type: 'array' } }, ['a'])],
    ['says allOf', object({ a: { allOf: [text] } }, ['a'])],
    ['says oneOf', object({ a: { oneOf: [text] } }, ['a'])],
    ['says not', object({ a: { ...text, not: { const: 'x' } } }, ['a'])],
    ['says patternProperties', object({}, [], { patternProperties: { '^a': text } })],
  ])('cannot be said where it %s', (_, schema) => {
    expect(strictSchema(schema)).toBeUndefined();
  });
});

describe('an answer in strict mode', () => {
  it('loses the nulls of optional properties and keeps those that the schema allows', () => {
    const schema = object(
      { a: text, b: { type: ['string', 'null'] }, c: { anyOf: [text, { type: 'null' }] }, d: text },
      ['d'],
    );
    expect(withoutStrictNulls({ a: null, b: null, c: null, d: null }, schema)).toEqual({ b: null, c: null, d: null });
  });

  it('loses them within lists, references and alternatives', () => {
    const node = object({ name: text, next: { $ref: '#/$defs/node' } }, ['name']);
    const schema = object(
      { nodes: { type: 'array', items: { $ref: '#/$defs/node' } }, maybe: { anyOf: [node, { type: 'null' }] } },
      [],
      {
        $defs: { node },
      },
    );
    const answer = { nodes: [{ name: 'a', next: { name: 'b', next: null } }], maybe: { name: 'c', next: null } };
    expect(withoutStrictNulls(answer, schema)).toEqual({
      nodes: [{ name: 'a', next: { name: 'b' } }],
      maybe: { name: 'c' },
    });
  });

  it('keeps what no schema speaks of', () => {
    expect(withoutStrictNulls({ odd: null }, object({}, []))).toEqual({ odd: null });
    expect(withoutStrictNulls([null], { type: 'array' })).toEqual([null]);
    expect(withoutStrictNulls({ a: null }, { $ref: '#' })).toEqual({ a: null });
  });
});
