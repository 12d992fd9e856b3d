import type { JsonObject, TableName } from '@aegis/spec';
import { didYouMean } from '../suggest.js';
import { paramsSchema } from '../type/params-schema.js';
import type { RuleTypeRegistry } from '../type/registry.js';
import type { RuleType } from '../type/rule-type.js';
import { shorten } from '../type/value-text.js';
import { type CheckedDocument, ruleDocumentSchema } from './document-schema.js';
import { envelopeContext, paramsContext } from './issue-contexts.js';
import { problemsOfIssues } from './issue-problems.js';
import { writtenParams } from './logic-params.js';
import { type Mistake, type Problem, problemAt } from './problem.js';
import { isMapping, type RuleDocument, valueAt } from './rule-document.js';
import { scopeTable } from './scope-table.js';
import { parseThreshold } from './threshold.js';

/** One part of a check: what came out of it, or why nothing did. */
export type Checked<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value?: undefined; readonly problems: readonly Problem[] };

const passed = <Value>(value: Value): Checked<Value> => ({ value, problems: [] });
const failed = (problems: readonly Problem[]): Checked<never> => ({ problems });

/** The type that a rule names. A rule without a type has no problem here: its document has. */
export const checkType = (document: RuleDocument, registry: RuleTypeRegistry): Checked<RuleType> => {
  const path = ['logic', 'type'];
  const name = valueAt(document.value, path);
  if (typeof name !== 'string' || name === '') return failed([]);
  const type = registry.find(name);
  if (type) return passed(type);
  const known = registry.types.map((candidate) => candidate.name);
  const hint = didYouMean(name, known) ?? 'See `aegis rules list` for all types.';
  return failed([
    problemAt(document, { path, message: `is no rule type: "${shorten(name)}"`, hint, reason: 'unknown-type' }),
  ]);
};

export interface CheckedEnvelope {
  readonly content: CheckedDocument;
  readonly table: TableName;
}

/** Everything that all rules have in common. */
export const checkEnvelope = (document: RuleDocument, type: RuleType | undefined): Checked<CheckedEnvelope> => {
  const parsed = ruleDocumentSchema.safeParse(document.value);
  if (!parsed.success) return failed(problemsOfIssues(parsed.error.issues, envelopeContext(document, type)));
  const table = scopeTable(parsed.data.scope, document.baseDirectory);
  return 'message' in table ? failed([problemAt(document, table)]) : passed({ content: parsed.data, table });
};

/** What only the rule's type knows: its params, and whether the common fields mean anything for it. */
export const checkParams = (document: RuleDocument, type: RuleType): Checked<JsonObject> => {
  const logic = valueAt(document.value, ['logic']);
  const written = writtenParams(type, logic, valueAt(document.value, ['scope']));
  const parsed = type.params.safeParse(written.params);
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path: [first] }) => first === undefined || !written.refused.has(first),
  );
  const problems = [
    ...[...written.mistakes, ...meaningless(type, logic)].map((mistake) => problemAt(document, mistake)),
    ...problemsOfIssues(issues, paramsContext(document, type, written)),
  ];
  if (!parsed.success || problems.length > 0) return failed(problems);
  const idle = [...idleSource(document, type, parsed.data), ...idleThresholds(logic, type, parsed.data)];
  return idle.length > 0 ? failed(idle.map((mistake) => problemAt(document, mistake))) : passed(parsed.data);
};

const idleSource = (document: RuleDocument, type: RuleType, params: JsonObject): Mistake[] => {
  const path = ['scope', 'source_warehouse'];
  if (valueAt(document.value, path) === undefined || type.requires(params).tables?.source) return [];
  const hint = 'Remove the key; `scope.warehouse` says where the table is.';
  return [{ path, message: `has no effect: ${type.name} reads no source table`, hint }];
};

const thresholds = ['fail_if', 'warn_if'] as const;

const idleThresholds = (logic: unknown, type: RuleType, params: JsonObject): Mistake[] => {
  if (!isMapping(logic) || !type.countsNothing?.(params)) return [];
  return thresholds
    .filter((key) => logic[key] !== undefined)
    .map((key) => ({
      path: ['logic', key],
      message: 'has no effect: there is nothing to count',
      hint: 'Remove the key; thresholds count violations.',
    }));
};

/** A field that would do nothing is refused. */
const meaningless = (type: RuleType, logic: unknown): Mistake[] => {
  if (!isMapping(logic)) return [];
  const keys = [...(type.acceptsNulls ? [] : ['nulls']), ...(type.countedUnits.length > 0 ? [] : thresholds)];
  const idle = keys
    .filter((key) => logic[key] !== undefined && !Object.hasOwn(paramsSchema(type).properties ?? {}, key))
    .map((key) => ({ path: ['logic', key], message: `has no effect on ${type.name}`, hint: reasons[key] }));
  return [...idle, ...thresholds.flatMap((key) => uncounted(type, key, logic[key]))];
};

/** A threshold over what the type does not count could never be crossed. */
const uncounted = ({ name, countedUnits }: RuleType, key: string, written: unknown): Mistake[] => {
  const threshold = typeof written === 'string' && countedUnits.length > 0 ? parseThreshold(written) : undefined;
  if (!threshold || 'refusal' in threshold || countedUnits.includes(threshold.of)) return [];
  const hint = `Compare ${countedUnits.join(' or ')} instead.`;
  return [{ path: ['logic', key], message: `must not compare ${threshold.of}, which ${name} does not count`, hint }];
};

const reasons: Readonly<Record<string, string>> = {
  nulls: 'The type says itself what NULL means; remove the key.',
  fail_if: 'The type does not count violations; remove the key.',
  warn_if: 'The type does not count violations; remove the key.',
};
