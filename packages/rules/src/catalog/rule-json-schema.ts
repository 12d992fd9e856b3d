import type { JsonObject } from '@aegis/spec';
import { commonLogicSchema, documentJsonSchema } from '../load/document-schema.js';
import { otherNumber } from '../load/logic-params.js';
import { type JsonSchema, paramsSchema } from '../type/params-schema.js';
import type { RuleType } from '../type/rule-type.js';

/**
 * The JSON Schema (draft 07) of a rules file, for completion and checks in editors. It accepts what loading accepts,
 * but for what a schema cannot say: unique ids, columns named twice, and conditions between params.
 */
export const ruleJsonSchema = (types: readonly RuleType[]): JsonObject =>
  ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Aegis rules',
    anyOf: [
      {
        type: 'object',
        properties: { rules: { ...listOfRules, description: 'The rules of this file.' } },
        required: ['rules'],
        additionalProperties: false,
      },
      listOfRules,
      reference('rule'),
    ],
    definitions: {
      rule: {
        ...documentJsonSchema,
        title: 'Rule',
        properties: { ...documentJsonSchema.properties, logic: reference('logic') },
      },
      logic: {
        type: 'object',
        description: 'What must hold.',
        required: ['type'],
        oneOf: types.map(({ name }) => reference(logicKey(name))),
      },
      ...Object.fromEntries(types.map((type) => [logicKey(type.name), logicSchema(type)])),
    },
  }) as JsonObject;

const logicKey = (name: string): string => `logic.${name}`;
const reference = (key: string) => ({ $ref: `#/definitions/${key}` });
const listOfRules = { type: 'array', minItems: 1, items: reference('rule') };

const logicSchema = (type: RuleType) => {
  const { properties = {}, required = [] } = paramsSchema(type);
  const columns = columnSpellings(properties);
  return {
    title: type.name,
    description: `${type.summary} ${type.edgeCases}`,
    type: 'object',
    properties: {
      type: { const: type.name, description: type.summary },
      ...properties,
      ...columns,
      ...commonKeys(type),
    },
    required: ['type', ...required.filter((name) => !Object.hasOwn(columns, otherNumber(name) ?? ''))],
    additionalProperties: false,
    examples: [type.example],
  };
};

/** Columns may be written in either number, or in `scope.columns`. */
const columnSpellings = (properties: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const other = otherNumber(name);
      return other === undefined || Object.hasOwn(properties, other) ? [] : [[other, inOtherNumber(property)]];
    }),
  );

const inOtherNumber = (property: JsonSchema): JsonSchema => ({
  ...(property.type === 'array'
    ? property.items
    : { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 1 }),
  ...(property.description !== undefined && { description: property.description }),
});

const commonKeys = ({ acceptsNulls, countedUnits }: RuleType) => ({
  ...(acceptsNulls && { nulls: commonLogicSchema.nulls }),
  ...(countedUnits.length > 0 && { fail_if: commonLogicSchema.fail_if, warn_if: commonLogicSchema.warn_if }),
});
