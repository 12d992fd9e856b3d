import type { TracedColumn, TracedDataset } from '@aegis/spec';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { pathBetween } from './path-between.js';
import { sameName } from './trace-index.js';

interface Place {
  readonly dataset: TracedDataset;
  readonly column: string;
}

/** Whether a table has a column now; `undefined` where it cannot be described. */
type Presence = boolean | undefined;

/** A column that a table should have: where on the way up it is still there, and where it was lost. */
export const explainMissingColumn = async (symptom: Symptom, context: Case): Promise<Finding | undefined> => {
  const [named] = context.lab.types.get(symptom.rule.type).requires(symptom.rule.params).columns;
  if (!named) return undefined;
  const seen = new Set<string>();
  let at: Place = { dataset: symptom.dataset, column: named.name };
  for (;;) {
    seen.add(at.dataset.id);
    const above = await readAbove(at, context);
    const lacking = above.find(({ place, isThere }) => isThere === false && !seen.has(place.dataset.id));
    if (above.some(({ isThere }) => isThere) || !lacking) return conclude(at, above, symptom, context);
    at = lacking.place;
  }
};

interface ReadPlace {
  readonly place: Place;
  readonly isThere: Presence;
}

const readAbove = (at: Place, context: Case): Promise<readonly ReadPlace[]> =>
  Promise.all(placesAbove(at, context).map(async (place) => ({ place, isThere: await presenceOf(place, context) })));

/** What lineage says feeds the column, else the tables above in which it knows one of that name. */
const placesAbove = ({ dataset, column }: Place, { index }: Case): readonly Place[] => {
  const placed = ({ dataset: id, column: name }: TracedColumn): readonly Place[] => {
    const from = index.dataset(id);
    return from ? [{ dataset: from, column: name }] : [];
  };
  const fed = index.inputsOf({ dataset: dataset.id, column }).flatMap(({ from }) => placed(from));
  if (fed.length > 0) return fed;
  return index.parentsOf(dataset.id).flatMap((parent) => {
    const known = parent.columns.find((name) => sameName(name, column));
    return known === undefined ? [] : [{ dataset: parent, column: known }];
  });
};

const presenceOf = async ({ dataset, column }: Place, { lab }: Case): Promise<Presence> => {
  try {
    const { columns } = await lab.describe(dataset);
    return columns.some(({ name }) => sameName(name, column));
  } catch {
    return undefined;
  }
};

const conclude = (
  { dataset, column }: Place,
  above: readonly ReadPlace[],
  symptom: Symptom,
  { index }: Case,
): Finding | undefined => {
  const isSource = index.parentsOf(dataset.id).length === 0;
  const isMeasured = isSource || above.some(({ isThere }) => isThere);
  if (!isMeasured && above.length === 0 && dataset.id === symptom.dataset.id) return undefined;
  return {
    ...{ dataset, column, kind: 'schema_change', operation: index.operationsOf(dataset.id).at(-1) },
    path: extended(symptom.path, pathBetween(index, symptom.dataset, dataset)),
    facts: [lostFact(dataset, column), ...above.map(aboveFact)],
    confidence: isMeasured ? 'high' : 'medium',
  };
};

const lostFact = ({ name }: TracedDataset, column: string): Fact => ({
  kind: 'missing_column',
  sentence: `${name} has no column ${column}.`,
  numbers: { dataset: name, column },
});

const aboveFact = ({ place: { dataset, column }, isThere }: ReadPlace): Fact => {
  const { kind, says } = wordsFor(isThere, column);
  return {
    kind,
    sentence: `${dataset.name}, which it is made from, ${says}.`,
    numbers: { dataset: dataset.name, column },
  };
};

const wordsFor = (isThere: Presence, column: string) => {
  if (isThere === undefined) return { kind: 'ancestor_unknown', says: 'could not be described' };
  return isThere
    ? { kind: 'ancestor_holds', says: `has ${column}` }
    : { kind: 'ancestor_fails', says: `has no ${column} either` };
};
