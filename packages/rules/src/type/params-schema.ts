import { z } from 'zod';
import type { RuleType } from './rule-type.js';
import { tableNameFormat } from './scalars.js';

/** The part of JSON Schema that the schemas of this package produce. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly [keyword: string]: unknown;
}

/** What may be written, as JSON Schema (draft 07, the one that editors know best). */
export const inputSchema = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-07',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => keepDefault(zodSchema, jsonSchema),
  });
  return rest as JsonSchema;
};

/** The library drops the default of a schema that transforms: it is an output. Ours may be written, too. */
const keepDefault = ({ _zod: { def } }: z.core.$ZodTypes, jsonSchema: z.core.JSONSchema.BaseSchema): void => {
  if (def.type !== 'default' || jsonSchema.default !== undefined) return;
  const types: readonly unknown[] = [jsonSchema.type ?? []].flat();
  const isNumber = types.includes('number') || types.includes('integer');
  jsonSchema.default = isNumber && !types.includes('boolean') ? Number(def.defaultValue) : (def.defaultValue as string);
};

const cache = new WeakMap<RuleType, JsonSchema>();

/** What may be written in `logic` for a type, besides what every type has. Computed once per type. */
export const paramsSchema = (type: RuleType): JsonSchema => {
  const known = cache.get(type) ?? inputSchema(type.params);
  cache.set(type, known);
  return known;
};

/** The params of a type that name a table. */
export const tableParams = (type: RuleType): readonly string[] =>
  Object.entries(paramsSchema(type).properties ?? {})
    .filter(([, property]) => property.format === tableNameFormat)
    .map(([name]) => name);

/** Of a mapping, or of the mapping among the forms that a value may have. */
const propertyOf = ({ properties, anyOf = [] }: JsonSchema, name: string): JsonSchema | undefined =>
  properties?.[name] ?? anyOf.find((form) => form.properties?.[name])?.properties?.[name];

/** The schema of the value at `path`; `undefined` where the schema does not say. */
export const schemaAt = (schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined => {
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  const inner = typeof first === 'number' ? schema.items : propertyOf(schema, String(first));
  return inner && schemaAt(inner, rest);
};
