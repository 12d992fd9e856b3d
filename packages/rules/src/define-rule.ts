import type { z } from 'zod';
import type { ruleDocumentSchema } from './load/document-schema.js';
import type { DefinedRuleType } from './type/define.js';
import type { RuleType } from './type/rule-type.js';
import type { ruleTypes } from './types/index.js';

type Envelope = z.input<typeof ruleDocumentSchema>;
type CommonLogic = Pick<Envelope['logic'], 'nulls' | 'fail_if' | 'warn_if'>;

/** `column` for `columns` and the other way round; the first letters of `reference_column` and the like are kept. */
type OtherNumber<Key> = Key extends `${infer Start}columns`
  ? `${Start}column`
  : Key extends `${string}column`
    ? `${Key}s`
    : never;

type ColumnKeys<Params> = Extract<keyof Params, `${string}column` | `${string}columns`>;

/** Columns may be written in either number, or in `scope.columns`, so that none of the keys is required. */
type WithColumns<Params> = Omit<Params, ColumnKeys<Params>> & {
  readonly [Key in ColumnKeys<Params> | OtherNumber<ColumnKeys<Params>>]?: Key extends `${string}columns`
    ? readonly string[]
    : string;
};

/** `logic` as rules of one type may write it: the keys that mean something for it, by its schema. */
type LogicOf<Type> =
  Type extends DefinedRuleType<infer Name, infer Params>
    ? { readonly type: Name } & WithColumns<Params> & CommonLogic
    : never;

/** A rule as it is written, with the params of its type. By default of any built-in type, told apart by `logic.type`. */
export type RuleDocumentOf<Type extends Pick<RuleType, 'name'> = (typeof ruleTypes)[number]> = Omit<
  Envelope,
  'logic'
> & {
  readonly logic: LogicOf<Type>;
};

/**
 * A rule in TypeScript: the same keys as in YAML, with completion for the params of the built-in types. Values beyond
 * what a float holds are written as text or as `1n`. Nothing is checked before `compileRules` or `loadRuleFiles`.
 */
export const defineRule = (document: RuleDocumentOf): RuleDocumentOf => document;
