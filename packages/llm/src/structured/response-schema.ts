import type { JsonObject, JsonValue } from '@aegis/spec';
import { z } from 'zod';

/**
 * JSON Schema of a zod schema, in the words that every vendor takes. Bounds and formats are told in the description instead:
 * some vendors refuse them, and zod checks them afterwards anyway.
 */
export const responseSchema = (schema: z.ZodType): JsonObject => {
  const { $schema: _, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return plainSchema(JSON.parse(JSON.stringify(whole)));
};

const kept: ReadonlySet<string> = new Set(['type', 'enum', 'required', 'description', '$ref']);
const bounds: readonly string[] = [
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'format', 'default'],
];

const plainSchema = (schema: JsonObject): JsonObject => {
  const plain = Object.fromEntries(Object.entries(schema).flatMap(([word, value]) => plainWord(word, value)));
  return withBounds(schema, isObjectSchema(plain) ? { additionalProperties: false, ...plain } : plain);
};

const plainWord = (word: string, value: JsonValue): readonly (readonly [string, JsonValue])[] => {
  if (kept.has(word)) return [[word, value]];
  if (word === 'const') return [['enum', [value]]];
  if (word === 'properties' || word === '$defs') return [[word, mapObject(value, plainOrSelf)]];
  if (word === 'items' || word === 'additionalProperties') return [[word, plainOrSelf(value)]];
  if (word === 'anyOf' || word === 'oneOf') return [['anyOf', isList(value) ? value.map(plainOrSelf) : value]];
  if (word === 'allOf') return [['allOf', isList(value) ? value.map(plainOrSelf) : value]];
  return [];
};

const withBounds = (schema: JsonObject, plain: JsonObject): JsonObject => {
  const told = bounds.flatMap((word) =>
    isTold(word, schema[word]) ? [`${word} ${JSON.stringify(schema[word])}`] : [],
  );
  if (told.length === 0) return plain;
  const { description } = plain;
  return {
    ...plain,
    description: [...(description === undefined ? [] : [description]), `(${told.join(', ')})`].join(' '),
  };
};

/** The range of every safe integer, which zod writes for all of them, says nothing. */
const isTold = (word: string, value: JsonValue | undefined): boolean =>
  value !== undefined && !(word.endsWith('imum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER);

const isObjectSchema = (schema: JsonObject): boolean => schema.type === 'object' && schema.properties !== undefined;

const plainOrSelf = (value: JsonValue): JsonValue => (isObject(value) ? plainSchema(value) : value);

const mapObject = (value: JsonValue, change: (value: JsonValue) => JsonValue): JsonValue =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)])) : value;

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
