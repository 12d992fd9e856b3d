export type { CatalogEntry, CatalogParam } from './catalog/catalog.js';
export { catalog, catalogEntry } from './catalog/catalog.js';
export { ruleJsonSchema } from './catalog/rule-json-schema.js';
export { renderRuleTypeMarkdown } from './catalog/rule-type-markdown.js';
export type { RuleDocumentOf } from './define-rule.js';
export { defineRule } from './define-rule.js';
export type { LoadedRules, RulesReading } from './load/compile-documents.js';
export type { DocumentOrigin, LoadOptions } from './load/load-rules.js';
export { builtinTypes, compileRules, loadRules, readRules } from './load/load-rules.js';
export type { Problem } from './load/problem.js';
export { formatProblem, RuleFileError } from './load/problem.js';
export type { RuleSource } from './load/read-yaml.js';
export type { InvalidTableName } from './table-name.js';
export { displayTableName, formatTableName, parseTableName } from './table-name.js';
export type { DefinedRuleType, RowRuleDefinition } from './type/define.js';
export { defineRowRule, defineRuleType } from './type/define.js';
export type { RuleTypeRegistry } from './type/registry.js';
export { createRegistry } from './type/registry.js';
export type {
  Accepts,
  AggregateProbe,
  CaseColumnType,
  CaseExpectation,
  CaseTable,
  Category,
  ColumnUse,
  ComparedValue,
  FailingRows,
  FixTemplate,
  JudgeContext,
  Judgement,
  Measurements,
  Probe,
  ProbeContext,
  ProbeKind,
  RelationRole,
  Requirements,
  RowComparison,
  RuleType,
  TypeCase,
  UserSqlUse,
} from './type/rule-type.js';
export type { DecimalLimits, NumberInput, ScalarInput } from './type/scalars.js';
export { columnName, columnNames, decimal, integer, percent, scalar, tableReference } from './type/scalars.js';
export { ruleTypes } from './types/index.js';
