import type { TracedColumnEdge } from '@aegis/spec';
import { ancestorsOf } from './ancestors-of.js';
import { joinLoss, unmatchedIn } from './explain-unmatched.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { directedJoins } from './joined-tables.js';
import { missingRows } from './missing-rows.js';
import { pathBetween } from './path-between.js';
import { pathTo, type Site } from './sites.js';
import { loadFinding } from './survey/load-finding.js';
import { notNull } from './synthetic-rule.js';

/** Rows that one table has and the table that is made from it has not: what keeps them out. */
export const lostOnTheWay = async (
  symptom: Symptom,
  kept: Site,
  lost: Site,
  facts: readonly Fact[],
  context: Case,
): Promise<Finding> => {
  const here: Symptom = { ...symptom, dataset: lost.dataset, path: extended(symptom.path, pathTo(lost)) };
  const found =
    (await loadFinding(here, [kept.dataset, lost.dataset], context.index, context.lab)) ??
    (await nullKeys(here, kept, context)) ??
    (await lostInJoin(here, context));
  const entry = await missingRows(kept, lost, context.lab);
  if (found) return { entry, ...found, path: extended(here.path, found.path), facts: [...found.facts, ...facts] };
  const operation = context.index.operation(kept.operation ?? '');
  const isFiltered = context.index.rowEdgesOf(lost.dataset.id).some(({ subtype }) => subtype === 'FILTER');
  return {
    ...{ dataset: lost.dataset, column: lost.columns[0] ?? null, operation, facts, path: here.path, entry },
    ...{ kind: isFiltered ? 'filter_loss' : 'join_loss', confidence: 'medium' },
  };
};

/** A row whose key or filtered value is NULL satisfies no condition. */
const nullKeys = async (here: Symptom, kept: Site, context: Case): Promise<Finding | undefined> => {
  const columns = new Set(
    context.index
      .rowEdgesOf(here.dataset.id)
      .filter((edge) => edge.from.dataset === kept.dataset.id && decidesRows(edge))
      .map(({ from }) => from.column),
  );
  for (const column of columns) {
    const rule = notNull(kept.dataset, column, context.lab);
    const [reading] = rule ? await context.lab.judge(kept.dataset, [rule]) : [];
    if (!rule || reading?.status !== 'fails') continue;
    const path = extended(here.path, [kept.dataset.name]);
    const finding = await context.follow({ dataset: kept.dataset, rule, reading, path });
    if (finding) return finding;
  }
  return undefined;
};

const decidesRows = ({ subtype }: TracedColumnEdge): boolean => subtype === 'JOIN' || subtype === 'FILTER';

/** Keys that find nothing, or a joined table that lacks days. */
const lostInJoin = async (here: Symptom, context: Case): Promise<Finding | undefined> => {
  const joins = directedJoins(context.index, here.dataset.id).filter(({ isOptional }) => !isOptional);
  const [worst] = await unmatchedIn(
    joins.map(({ join }) => join),
    here.path,
    context,
  );
  if (worst) return joinLoss(here, worst, context);
  for (const { join } of joins) {
    const joined = [join.right, ...ancestorsOf(context.index, join.right.id)];
    const loads = await loadFinding(here, joined, context.index, context.lab);
    if (loads) return { ...loads, path: pathBetween(context.index, here.dataset, loads.dataset) };
  }
  return undefined;
};
