import { ancestorsOf } from './ancestors-of.js';
import { columnsRead } from './derive-rule.js';
import { explainLostKeys } from './explain-lost-keys.js';
import { joinLoss, unmatchedIn } from './explain-unmatched.js';
import { fanOutAt, rightSide } from './fan-out.js';
import type { Case, Finding, Symptom } from './finding.js';
import { directedJoins, isGrouped } from './joined-tables.js';
import { pathBetween } from './path-between.js';
import { sitesOf } from './sites.js';
import { constantFinding } from './survey/constant-finding.js';
import { contrastFinding } from './survey/contrast-finding.js';
import { loadFinding } from './survey/load-finding.js';
import { repeatFinding } from './survey/repeat-finding.js';
import { matchedKey } from './synthetic-rule.js';
import { chainFrom, madeOrder } from './trials/chain.js';
import { relevantColumns } from './trials/relevant-columns.js';

/** Which way a figure is off, where that can be told. */
type Direction = 'low' | 'high' | 'unclear';

/** A figure of a whole table: rows that are missing or too many, or values that are not what they are elsewhere. */
export const explainFigure = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const direction = directionOf(symptom);
  for (const search of searches[direction]) {
    const finding = await search(symptom, context);
    if (finding) return finding;
  }
  return undefined;
};

type Search = (symptom: Symptom, context: Case) => Promise<Finding | undefined>;

const repeats: Search = (symptom, { index, lab }) => repeatFinding(symptom, index, lab);
const loads: Search = (symptom, { index, lab }) =>
  loadFinding(symptom, [symptom.dataset, ...ancestorsOf(index, symptom.dataset.id)], index, lab);

/** Values can explain a sum or a mean, never a number of rows. */
export const contrasts: Search = async (symptom, { index, lab }) => {
  const { rule, dataset } = symptom;
  const columns = columnsRead(rule, lab.types, await lab.sqlColumns(rule));
  if (columns.length === 0) return undefined;
  return contrastFinding(symptom, relevantColumns(index, dataset.id, columns), index, lab);
};

const fanOuts: Search = async (symptom, context) => {
  for (const { id } of [...madeOrder(context.index)].reverse()) {
    const dataset = context.index.dataset(id);
    if (!dataset || isGrouped(context.index, id)) continue;
    const sides = directedJoins(context.index, id).map(({ join }) => rightSide(join));
    const finding = await fanOutAt(at(symptom, dataset, context), sides, context);
    if (finding) return finding;
  }
  return undefined;
};

const losses: Search = async (symptom, context) => {
  for (const dataset of [...madeOrder(context.index)].reverse()) {
    const joins = directedJoins(context.index, dataset.id).filter(({ isOptional }) => !isOptional);
    const here = at(symptom, dataset, context);
    const [worst] = await unmatchedIn(
      joins.map(({ join }) => join),
      here.path,
      context,
    );
    if (worst) return joinLoss(here, worst, context);
  }
  return undefined;
};

const constants: Search = (symptom, { index, lab }) => constantFinding(symptom, index, lab);

/** The symptom as it would stand in an ancestor. */
const at = (symptom: Symptom, dataset: Symptom['dataset'], { index }: Case): Symptom => ({
  ...symptom,
  dataset,
  path: pathBetween(index, symptom.dataset, dataset),
});

const searches: { readonly [direction in Direction]: readonly Search[] } = {
  low: [loads, losses, contrasts, repeats, constants],
  high: [repeats, fanOuts, contrasts],
  unclear: [repeats, loads, losses, fanOuts, contrasts, constants],
};

/** A rule that compares two tables of one pipeline: what lies between them loses or multiplies. */
export const explainDifference = async (
  symptom: Symptom,
  source: Symptom['dataset'],
  context: Case,
): Promise<Finding | undefined> => {
  const between = chainFrom(source, context.index).filter(({ id }) => id !== source.id);
  if (between.length === 0) return explainFigure(symptom, context);
  const kept = new Set(between.map(({ id }) => id));
  const inside: Case = {
    ...context,
    index: {
      ...context.index,
      parentsOf: (id) => (kept.has(id) ? context.index.parentsOf(id) : []),
      datasets: context.index.datasets,
    },
  };
  const keys = differenceOf(symptom) === 'fewer' ? await lostKeysOf(symptom, source, context) : undefined;
  if (keys) return keys;
  const order = differenceOf(symptom) === 'more' ? [fanOuts, repeats, losses] : [losses, loads, fanOuts];
  for (const search of order) {
    const finding = await search(symptom, search === fanOuts || search === losses ? inside : context);
    if (finding) return finding;
  }
  return undefined;
};

/** The key that a rule names, else a column named like one that comes unchanged from the source. */
const lostKeysOf = async (
  symptom: Symptom,
  source: Symptom['dataset'],
  context: Case,
): Promise<Finding | undefined> => {
  const { index, lab } = context;
  const named = columnsRead(symptom.rule, lab.types, () => []);
  const candidates = [...named, ...symptom.dataset.columns.filter((name) => /(^|_)(id|key|uuid)$/i.test(name))];
  for (const column of candidates) {
    const kept = sitesOf(index, symptom.dataset, [column]).find(({ dataset }) => dataset.id === source.id);
    if (!kept) continue;
    const pair = { child: kept, parent: { dataset: symptom.dataset, columns: [column] } };
    const rule = matchedKey(pair.child, pair.parent, lab);
    const [reading] = rule ? await lab.judge(source, [rule]) : [];
    if (rule && reading?.status === 'fails')
      return explainLostKeys({ ...symptom, dataset: source, rule, reading }, pair, context);
  }
  return undefined;
};

const differenceOf = ({ reading: { observed } }: Symptom): 'more' | 'fewer' => {
  const number = (name: string) => Number(observed[name] ?? 0);
  if (observed.target_rows !== undefined) return number('target_rows') > number('source_rows') ? 'more' : 'fewer';
  if (observed.target_sum !== undefined) return number('target_sum') > number('source_sum') ? 'more' : 'fewer';
  return number('missing_in_source') > number('missing_in_target') ? 'more' : 'fewer';
};

/** By the limits that the result states beside its figure. */
const directionOf = ({ reading: { observed, expected } }: Symptom): Direction => {
  for (const [name, value] of Object.entries(observed)) {
    const [least, most] = [expected[`${name}_min`], expected[`${name}_max`]];
    if (least != null && Number(value) < Number(least)) return 'low';
    if (most != null && Number(value) > Number(most)) return 'high';
  }
  return 'unclear';
};
