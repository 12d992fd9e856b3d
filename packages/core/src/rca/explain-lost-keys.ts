import type { TracedDataset } from '@aegis/spec';
import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { joinsOf } from './join-keys.js';
import { pathBetween } from './path-between.js';
import { judgeAll } from './read-sites.js';
import type { Reading } from './reading.js';
import { pathTo, type Site, sitesOf } from './sites.js';
import { type WrongSide, wrongSide } from './survey/key-sides.js';
import { loadFinding } from './survey/load-finding.js';
import { familyOf, type KeyColumn, surveyKeys } from './survey/survey-keys.js';
import { matchedKey } from './synthetic-rule.js';

/** Keys of a child and the table in which they should be found. */
export interface KeyPair {
  readonly child: { readonly dataset: TracedDataset; readonly columns: readonly string[] };
  readonly parent: { readonly dataset: TracedDataset; readonly columns: readonly string[] };
}

/** Keys that find nothing although nothing changed them on their way: their counterparts were lost, or either side came in wrong. */
export const explainLostKeys = async (symptom: Symptom, pair: KeyPair, context: Case): Promise<Finding | undefined> => {
  const sites = sitesOf(context.index, pair.parent.dataset, pair.parent.columns);
  const asked = sites.map((site) => ({
    site: { dataset: pair.child.dataset },
    rule: matchedKey(pair.child, site, context.lab),
  }));
  const readings = await judgeAll(asked, context.lab);
  const facts = sites.flatMap((site, index) => (readings[index] ? [referenceFact(site, readings[index])] : []));
  const kept = sites.findIndex((site, index) => site.child && readings[index]?.status === 'holds');
  const keptAt = sites[kept];
  if (keptAt?.child) return lostBetween(symptom, keptAt, keptAt.child, facts, context);
  const origin = sites.filter((_, index) => readings[index]?.status === 'fails').at(-1) ?? sites[0];
  return origin && cameInWrong(symptom, pair, origin, facts, context);
};

const referenceFact = (site: Site, reading: Reading): Fact => ({
  ...readingFact(site, reading),
  kind: 'reference_reading',
  sentence: `Looked up in ${site.dataset.name} (${site.columns.join(', ')}), ${reading.rowsFailed ?? 'unknown'} of ${reading.rowsChecked ?? '?'} rows find nothing.`,
});

/** One table still has the keys, and what is made from it has not. */
const lostBetween = (symptom: Symptom, kept: Site, lost: Site, facts: readonly Fact[], { index }: Case): Finding => ({
  ...{ dataset: lost.dataset, column: lost.columns[0] ?? null },
  operation: index.operation(kept.operation ?? ''),
  kind: joinsOf(index, lost.dataset.id).length > 0 ? 'join_loss' : 'filter_loss',
  path: extended(symptom.path, pathTo(lost)),
  facts,
  confidence: 'high',
});

const cameInWrong = async (
  symptom: Symptom,
  { child }: KeyPair,
  origin: Site,
  facts: readonly Fact[],
  context: Case,
): Promise<Finding> => {
  const wrong = await wrongKey(child, origin, context);
  const atChild = { dataset: child.dataset, column: wrong.childColumn, path: symptom.path };
  const atParent = {
    ...{ dataset: origin.dataset, column: wrong.parentColumn },
    path: extended(symptom.path, pathBetween(context.index, symptom.dataset, origin.dataset).slice(-1)),
  };
  const said = { operation: undefined, facts: [...wrong.facts, ...facts] };
  if (wrong.side === 'parent') return { ...atParent, ...said, kind: 'source', confidence: 'high' };
  if (wrong.side !== 'missing')
    return { ...atChild, ...said, kind: 'source', confidence: wrong.side === 'child' ? 'high' : 'low' };
  const loads = await loadFinding(symptom, { ...context.index, datasets: [origin.dataset] }, context.lab);
  if (loads) return { ...loads, path: atParent.path, facts: [...loads.facts, ...said.facts] };
  return { ...atParent, ...said, column: null, kind: 'late_or_missing_load', confidence: 'medium' };
};

interface WrongKey {
  readonly side: WrongSide;
  readonly childColumn: string | null;
  readonly parentColumn: string | null;
  readonly facts: readonly Fact[];
}

/** The part of the key that does not match, and whose doing that is. */
const wrongKey = async (child: KeyPair['child'], parent: Site, context: Case): Promise<WrongKey> => {
  const parts = await Promise.all(
    child.columns.map(async (column, index) => {
      const [left, right] = [
        { dataset: child.dataset, column },
        { dataset: parent.dataset, column: parent.columns[index] ?? column },
      ];
      return { left, right, keys: await surveyKeys(left, right, context.lab) };
    }),
  );
  const part = parts.find(({ keys }) => keys && keys.sides.orphans > 0) ?? parts[0];
  if (!part?.keys)
    return {
      side: 'unclear',
      childColumn: child.columns[0] ?? null,
      parentColumn: parent.columns[0] ?? null,
      facts: [],
    };
  const { left, right, keys } = part;
  const judged = wrongSide(keys.sides);
  const side = judged === 'unclear' ? await sideByFamily(left, right, context) : judged;
  const fact: Fact = {
    kind: 'key_sides',
    sentence:
      `${keys.sides.orphans} distinct ${left.column} of ${left.dataset.name} are not in ${right.dataset.name}.${right.column}, ` +
      `${keys.sides.matched} are; ${keys.sides.unreferenced} there are asked for by nobody.`,
    numbers: { dataset: left.dataset.name, column: left.column, ...keys.sides },
    sql: keys.sql,
  };
  return { side, childColumn: left.column, parentColumn: right.column, facts: [fact] };
};

/** Where nothing matches, keys of that name elsewhere say which side looks like a key. */
const sideByFamily = async (child: KeyColumn, parent: KeyColumn, { index, lab }: Case): Promise<WrongSide> => {
  const family = familyOf([child.column, parent.column], [child.dataset, parent.dataset], index);
  const shares = async (side: KeyColumn) => {
    const surveyed = await Promise.all(family.map((relative) => surveyKeys(relative, side, lab)));
    return surveyed.reduce((sum, each) => sum + (each && each.sides.matched > 0 ? 1 : 0), 0);
  };
  const [asChild, asParent] = await Promise.all([shares(child), shares(parent)]);
  if (asChild === asParent) return 'unclear';
  return asChild > asParent ? 'parent' : 'child';
};
