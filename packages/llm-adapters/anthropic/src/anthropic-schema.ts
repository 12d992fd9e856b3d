import type { JsonObject, JsonValue, ModelRequest } from '@aegis/spec';
import type { ResolvedAnthropicOptions } from './anthropic-options.js';

/** How an answer is bound to its JSON schema. */
export type SchemaBinding =
  | { readonly by: 'nothing' }
  | { readonly by: 'format'; readonly schema: JsonObject }
  /** The model answers by calling a tool; `isForced` where it has no choice. */
  | { readonly by: 'tool'; readonly schema: JsonObject; readonly isForced: boolean };

/** Its arguments are the answer. */
export const answerTool = 'give_answer';

/**
 * The vendor's output format where the model has it and the schema is within what it takes, otherwise a tool. Models that
 * think by default cannot be forced to call one, so they are asked to.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export const schemaBinding = (
  { responseSchema: schema }: ModelRequest,
  model: string,
  structuredOutput: ResolvedAnthropicOptions['structuredOutput'],
): SchemaBinding => {
  if (schema === undefined) return { by: 'nothing' };
  const byFormat =
    structuredOutput === 'auto' ? hasFormat(model) && isWithinFormat(schema) : structuredOutput === 'format';
  return byFormat ? { by: 'format', schema } : { by: 'tool', schema, isForced: isPlain(model) };
};

/** Claude before 4.5, and models of others behind the same API, know no output format. */
const hasFormat = (model: string): boolean =>
  isClaude(model) && !/^claude-([123]|instant|(opus|sonnet)-4(-[01])?(-\d{8})?$)/.test(model);

/**
 * Claude up to 4.6, and models of others: they do not think unless asked to, and take a temperature. Later ones refuse it.
 */
export const isPlain = (model: string): boolean =>
  !isClaude(model) || /^claude-([123]|instant|(opus|sonnet|haiku)-4(-[0-6])?(-\d{8})?(-latest)?$)/.test(model);

const isClaude = (model: string): boolean => model.startsWith('claude-');

const withinFormat: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'allOf'],
  ...['$ref', '$defs', 'title', 'description', 'default'],
]);

/** Other words are refused, as are objects with further properties, and schemas that refer to themselves. */
const isWithinFormat = (schema: JsonValue): boolean => {
  if (!isObject(schema)) return false;
  const { type, properties, additionalProperties, $defs } = schema;
  const isClosed = type !== 'object' || (properties !== undefined && additionalProperties === false);
  const words = Object.keys(schema).every((word) => withinFormat.has(word));
  return words && isClosed && !refersToItself($defs) && innerSchemas(schema).every(isWithinFormat);
};

const innerSchemas = ({ properties, $defs, items, anyOf, allOf }: JsonObject): readonly JsonValue[] => [
  ...[properties, $defs].flatMap((named) => (named === undefined ? [] : Object.values(named ?? {}))),
  ...[items].filter((schema) => schema !== undefined),
  ...[anyOf, allOf].flatMap((schemas) => (Array.isArray(schemas) ? schemas : [])),
];

/** A definition from which one comes back to it. */
const refersToItself = (definitions: JsonValue | undefined): boolean => {
  if (definitions === undefined || !isObject(definitions)) return false;
  const reached = (name: string, seen: readonly string[]): boolean =>
    seen.includes(name) || referencesIn(definitions[name]).some((next) => reached(next, [...seen, name]));
  return Object.keys(definitions).some((name) => reached(name, []));
};

const referencesIn = (schema: JsonValue | undefined): readonly string[] =>
  [...JSON.stringify(schema ?? null).matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)].map(([, name = '']) => name);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
