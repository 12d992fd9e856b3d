import { explainDuplicates } from './explain-duplicates.js';
import { explainDifference, explainFigure } from './explain-figure.js';
import { explainFreshness } from './explain-freshness.js';
import { explainMissingColumn } from './explain-missing-column.js';
import { explainReference } from './explain-reference.js';
import { explainRows } from './explain-rows.js';
import type { Case, Finding, Symptom } from './finding.js';
import type { Lab } from './lab.js';
import { tableOfRule } from './table-of-rule.js';
import type { TraceIndex } from './trace-index.js';

/** Reasons that follow from reasons end after so many. */
const longestChain = 6;

/** Where a failure enters and how; `undefined` where nothing can be said about rules of this type. */
export const explain = (
  symptom: Symptom,
  index: TraceIndex,
  lab: Lab,
  followed: readonly string[] = [],
): Promise<Finding | undefined> => {
  const key = JSON.stringify([symptom.dataset.id, symptom.rule.type, symptom.rule.params]);
  if (followed.length >= longestChain || followed.includes(key)) return Promise.resolve(undefined);
  const follow: Case['follow'] = (next) => explain(next, index, lab, [...followed, key]);
  return explainerOf(symptom, lab)(symptom, { index, lab, follow });
};

type Explainer = (symptom: Symptom, context: Case) => Promise<Finding | undefined>;

const explainReconciled: Explainer = async (symptom, context) => {
  const source = tableOfRule(symptom.rule, 'source', context);
  return source ? explainDifference(symptom, source, context) : explainFigure(symptom, context);
};

/** What a type declares says what kind of failure it sees. */
const explainerOf = ({ rule }: Symptom, { types }: Lab): Explainer => {
  const type = types.get(rule.type);
  const { tables = {}, columnsMayBeMissing } = type.requires(rule.params);
  if (columnsMayBeMissing) return explainMissingColumn;
  if (tables.source !== undefined) return explainReconciled;
  if (tables.reference !== undefined) return explainReference;
  if (type.category === 'uniqueness') return explainDuplicates;
  if (type.category === 'timeliness' && type.unit === 'table') return explainFreshness;
  return type.unit === 'table' ? explainFigure : explainRows;
};
