import type { JsonObject, Unit } from '@aegis/spec';
import { type JsonSchema, paramsSchema } from '../type/params-schema.js';
import type { Category, RuleType } from '../type/rule-type.js';
import { typeWords } from './type-words.js';

/** One rule type as data, for lists and reference pages. */
export interface CatalogEntry {
  readonly name: string;
  readonly category: Category;
  readonly summary: string;
  readonly edgeCases: string;
  readonly unit: Unit;
  /** What `warn_if` and `fail_if` may count; none where they do not apply. */
  readonly thresholds: RuleType['countedUnits'];
  /** Whether `nulls` may be set. */
  readonly nulls: boolean;
  readonly params: readonly CatalogParam[];
  /** A complete `logic` block. */
  readonly example: JsonObject;
}

export interface CatalogParam {
  readonly name: string;
  /** In words: `number`, `list of text`, `minutes | hours | days`. */
  readonly type: string;
  readonly required: boolean;
  /** As it would be written; absent where nothing stands in for a missing value. */
  readonly default?: string;
  readonly description: string;
}

/** The rule types as data, in the order given. */
export const catalog = (types: readonly RuleType[]): readonly CatalogEntry[] => types.map(catalogEntry);

/** One rule type as data. */
export const catalogEntry = (type: RuleType): CatalogEntry => ({
  name: type.name,
  category: type.category,
  summary: type.summary,
  edgeCases: type.edgeCases,
  unit: type.unit,
  thresholds: type.countedUnits,
  nulls: type.acceptsNulls,
  params: paramsOf(paramsSchema(type)),
  example: type.example,
});

const paramsOf = ({ properties = {}, required = [] }: JsonSchema): CatalogParam[] =>
  Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeWords(property),
    required: required.includes(name),
    ...(property.default !== undefined && { default: String(property.default) }),
    description: property.description ?? '',
  }));
