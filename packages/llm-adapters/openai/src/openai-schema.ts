import type { JsonObject, JsonValue } from '@aegis/spec';

/**
 * What strict mode takes. Every other word that changes which values fit makes a schema inexpressible; words that only
 * narrow them are left to the validation that follows.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
const kept: ReadonlySet<string> = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', '$ref'],
  ...['$defs', 'definitions', 'title', 'description', 'pattern', 'format', 'minItems', 'maxItems'],
  ...['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);
const droppable: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['minLength', 'maxLength', 'uniqueItems', 'minProperties', 'maxProperties'],
]);
const formats: ReadonlySet<JsonValue> = new Set([
  ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
]);

/**
 * The schema as strict mode takes it, where optional properties are required and may be null; `undefined` where strict
 * mode cannot say it.
 */
export const strictSchema = (schema: JsonObject): JsonObject | undefined => {
  try {
    return schema.type === 'object' ? strict(schema) : undefined;
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
};

class Inexpressible extends Error {}

const strict = (schema: JsonValue): JsonObject => {
  if (!isObject(schema) || !saysType(schema)) throw new Inexpressible();
  const words = Object.entries(schema).filter(([word, value]) => isKept(word, value));
  const inner = Object.fromEntries(words.map(([word, value]) => [word, strictWord(word, value)]));
  return hasType(schema, 'object') ? { ...inner, ...closed(schema) } : inner;
};

const saysType = (schema: JsonObject): boolean =>
  ['type', 'anyOf', '$ref', 'enum', 'const'].some((word) => schema[word] !== undefined) &&
  (schema.items !== undefined || !hasType(schema, 'array'));

const isKept = (word: string, value: JsonValue): boolean => {
  if (!kept.has(word) && !droppable.has(word)) throw new Inexpressible();
  return kept.has(word) && (word !== 'format' || formats.has(value));
};

const strictWord = (word: string, value: JsonValue): JsonValue => {
  if (word === 'anyOf') return listOf(value).map(strict);
  if (word === 'items') return strict(value);
  if (word === '$defs' || word === 'definitions') return mapValues(value, strict);
  return value;
};

/** An object with every property required and no others. */
const closed = ({ properties, required, additionalProperties = false }: JsonObject): JsonObject => {
  if (!isObject(properties) || additionalProperties !== false) throw new Inexpressible();
  const needed = new Set(listOf(required ?? []));
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [
        name,
        needed.has(name) ? strict(inner) : nullable(strict(inner)),
      ]),
    ),
    required: Object.keys(properties),
    additionalProperties: false,
  };
};

const nullable = (schema: JsonObject): JsonObject =>
  allowsNull(schema) ? schema : { anyOf: [schema, { type: 'null' }] };

const allowsNull = (schema: JsonObject): boolean =>
  hasType(schema, 'null') || listOf(schema.anyOf ?? []).some((inner) => isObject(inner) && allowsNull(inner));

/** The answer without the nulls that strict mode asked for in place of optional properties. */
export const withoutStrictNulls = (value: JsonValue, schema: JsonObject): JsonValue => pruned(value, schema, schema);

const pruned = (value: JsonValue, schema: JsonValue | undefined, root: JsonObject): JsonValue => {
  const meant = isObject(schema) ? resolved(schema, root) : undefined;
  if (meant === undefined) return value;
  if (isList(value)) return value.map((item) => pruned(item, meant.items, root));
  if (!isObject(value)) return value;
  const { properties, required } = objectSchemaIn(meant, root) ?? {};
  if (!isObject(properties)) return value;
  const needed = new Set(listOf(required ?? []));
  const entries = Object.entries(value).filter(
    ([name, inner]) => inner !== null || needed.has(name) || isNullAllowed(properties[name], root),
  );
  return Object.fromEntries(entries.map(([name, inner]) => [name, pruned(inner, properties[name], root)]));
};

/** Of several that an object may fit, the nulls of the only one with properties are known. */
const objectSchemaIn = (schema: JsonObject, root: JsonObject): JsonObject | undefined => {
  if (isObject(schema.properties)) return schema;
  const variants = listOf(schema.anyOf ?? []).flatMap((inner) => (isObject(inner) ? [resolved(inner, root)] : []));
  const objects = variants.filter((variant) => variant !== undefined && isObject(variant.properties));
  return objects.length === 1 ? objects[0] : undefined;
};

const isNullAllowed = (schema: JsonValue | undefined, root: JsonObject): boolean => {
  const meant = isObject(schema) ? resolved(schema, root) : undefined;
  return meant === undefined || allowsNull(meant);
};

const longestChain = 20;

/** The schema that a chain of local references ends at. */
const resolved = (schema: JsonObject, root: JsonObject, steps = 0): JsonObject | undefined => {
  if (typeof schema.$ref !== 'string') return schema;
  const names = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
  const found = names.reduce<JsonValue | undefined>((at, name) => (isObject(at) ? at[name] : undefined), root);
  return isObject(found) && steps < longestChain ? resolved(found, root, steps + 1) : undefined;
};

const hasType = ({ type }: JsonObject, name: string): boolean => listOf(type ?? []).includes(name);

const mapValues = (value: JsonValue, change: (inner: JsonValue) => JsonValue): JsonObject =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)])) : {};

const listOf = (value: JsonValue): readonly JsonValue[] => (isList(value) ? value : [value]);

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
