import type { TracedDataset } from '@aegis/spec';
import { readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { lostOnTheWay } from './lost-on-the-way.js';
import { missingRows } from './missing-rows.js';
import { pathBetween } from './path-between.js';
import { judgeAll } from './read-sites.js';
import type { Reading } from './reading.js';
import { type Site, siteKey, sitesOf } from './sites.js';
import { type WrongSide, wrongSide } from './survey/key-sides.js';
import { loadFinding } from './survey/load-finding.js';
import { familyOf, type KeyColumn, surveyKeys } from './survey/survey-keys.js';
import { matchedKey } from './synthetic-rule.js';

/** Keys of a child and the table in which they should be found. */
export interface KeyPair {
  readonly child: {
    readonly dataset: TracedDataset;
    readonly columns: readonly string[];
    /** Rows that are meant, of all. */
    readonly where?: string | undefined;
  };
  readonly parent: { readonly dataset: TracedDataset; readonly columns: readonly string[] };
}

/** Keys that find nothing although nothing changed them on their way: their counterparts were lost, or either side came in wrong. */
export const explainLostKeys = async (symptom: Symptom, pair: KeyPair, context: Case): Promise<Finding | undefined> => {
  const ways = sitesOf(context.index, pair.parent.dataset, pair.parent.columns);
  const sites = ways.filter((site, index) => ways.findIndex((other) => siteKey(other) === siteKey(site)) === index);
  const asked = sites.map((site) => ({
    site: { dataset: pair.child.dataset },
    rule: matchedKey(pair.child, site, context.lab),
  }));
  const readings = await judgeAll(asked, context.lab);
  const facts = sites.flatMap((site, index) => (readings[index] ? [referenceFact(site, readings[index])] : []));
  const kept = sites.find((site, index) => site.child && readings[index]?.status === 'holds');
  if (kept?.child) {
    const path = extended(symptom.path, pathBetween(context.index, symptom.dataset, pair.parent.dataset).slice(1));
    return lostOnTheWay({ ...symptom, path }, kept, kept.child, facts, context);
  }
  const origin = sites.filter((_, index) => readings[index]?.status === 'fails').at(-1) ?? sites[0];
  return origin && cameInWrong(symptom, pair, origin, facts, context);
};

const referenceFact = (site: Site, reading: Reading): Fact => ({
  ...readingFact(site, reading),
  kind: 'reference_reading',
  sentence: `Looked up in ${site.dataset.name} (${site.columns.join(', ')}), ${reading.rowsFailed ?? 'unknown'} of ${reading.rowsChecked ?? '?'} rows find nothing.`,
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
  if (wrong.side === 'parent') {
    const entry = await missingRows(origin, child, context.lab);
    return { ...atParent, ...said, kind: 'source', confidence: 'high', entry };
  }
  if (wrong.side !== 'missing')
    return { ...atChild, ...said, kind: 'source', confidence: wrong.side === 'child' ? 'high' : 'low', entry: symptom };
  const loads = await loadFinding(symptom, [origin.dataset], context.index, context.lab);
  if (loads) return { ...loads, path: atParent.path, facts: [...loads.facts, ...said.facts] };
  const confidence = wrong.lonelyShare > mostMissing ? 'low' : 'medium';
  return { ...atParent, ...said, column: null, kind: 'late_or_missing_load', confidence };
};

/** Of the keys of a child. Where more have no counterpart, it may well be that not every one is meant to have one. */
const mostMissing = 0.3;

interface WrongKey {
  readonly side: WrongSide;
  /** From 0 to 1. */
  readonly lonelyShare: number;
  readonly childColumn: string | null;
  readonly parentColumn: string | null;
  readonly facts: readonly Fact[];
}

/** The part of the key that does not match, and whose doing that is. */
const wrongKey = async (child: KeyPair['child'], parent: Site, context: Case): Promise<WrongKey> => {
  const parts = await Promise.all(
    child.columns.map(async (column, index) => {
      const left = { dataset: child.dataset, column, where: child.where };
      const right = { dataset: parent.dataset, column: parent.columns[index] ?? column };
      return { left, right, keys: await surveyKeys(left, right, context.lab) };
    }),
  );
  const part = parts.find(({ keys }) => keys && keys.sides.orphans > 0) ?? parts[0];
  const columns = { childColumn: child.columns[0] ?? null, parentColumn: parent.columns[0] ?? null };
  if (!part?.keys) return { side: 'unclear', lonelyShare: 0, ...columns, facts: [] };
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
  const { orphans, matched } = keys.sides;
  const lonelyShare = orphans / Math.max(1, orphans + matched);
  return { side, lonelyShare, childColumn: left.column, parentColumn: right.column, facts: [fact] };
};

/** Where nothing matches, keys of that name elsewhere say which side looks like a key. */
const sideByFamily = async (child: KeyColumn, parent: KeyColumn, { index, lab }: Case): Promise<WrongSide> => {
  const family = familyOf([child.column, parent.column], [child.dataset, parent.dataset], index);
  const relativesOf = async (side: KeyColumn) => {
    const surveyed = await Promise.all(family.map((relative) => surveyKeys(relative, side, lab)));
    return surveyed.filter((each) => each && each.sides.matched > 0).length;
  };
  const [ofChild, ofParent] = await Promise.all([relativesOf(child), relativesOf(parent)]);
  if (ofChild === ofParent) return 'unclear';
  return ofChild > ofParent ? 'parent' : 'child';
};
