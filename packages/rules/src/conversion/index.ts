export type { RuleSource, YamlReading } from '../load/read-yaml.js';
export { maxSourceLength, readYaml } from '../load/read-yaml.js';
export { ExactNumber } from '../type/exact-number.js';
export type { Conversion, ConvertedRule, NotConverted, RuleDocument } from './conversion.js';
export type { Draft, Drafted, Refused } from './draft.js';
export { documentOf, faultOf, refused, sound } from './draft.js';
export type { Range, RuleMeaning } from './meanings.js';
export { figureBounds, uniqueKey, valuesWithin } from './meanings.js';
export type { Identified } from './rule-ids.js';
export { ruleIds } from './rule-ids.js';
export {
  allOf,
  isTemplate,
  numberText,
  parenthesized,
  plainColumn,
  readsMore,
  standsAlone,
  withoutEnd,
} from './sql-text.js';
export type { CheckCount } from './summary.js';
export { countChecks, summaryLines } from './summary.js';
export { toConversion } from './to-conversion.js';
export type { GeneratedBy } from './yaml/marker.js';
export { renderRules } from './yaml/render-rules.js';
export type { SyncedRules } from './yaml/sync-rules.js';
export { syncRules } from './yaml/sync-rules.js';
