import type { Conversion, ConvertedRule, NotConverted } from './conversion.js';
import { type Draft, type Drafted, documentOf } from './draft.js';
import { ruleIds } from './rule-ids.js';

/**
 * Drafts with their ids, beside what was refused. The same drafts give the same rules, whatever their order.
 * `more` is what a converter keeps of each draft besides.
 */
export const toConversion = <Drawn extends Draft, More extends object>(
  drafted: readonly Drafted<Drawn>[],
  notes: readonly string[],
  more: (draft: Drawn) => More,
): Conversion<ConvertedRule & More> => ({
  rules: withIds(
    drafted.filter((each) => each.kind === 'draft'),
    more,
  ),
  notConverted: drafted.flatMap((each) => (each.kind === 'refused' ? [reasonOf(each)] : [])),
  notes,
});

const reasonOf = ({ kind: _kind, ...rest }: NotConverted & { readonly kind: string }): NotConverted => rest;

const withIds = <Drawn extends Draft, More extends object>(
  drafts: readonly Drawn[],
  more: (draft: Drawn) => More,
): readonly (ConvertedRule & More)[] => {
  const ids = ruleIds(drafts);
  return drafts
    .map((draft) => ({ ...converted(draft, ids.get(draft.source) ?? draft.name), ...more(draft) }))
    .sort((a, b) => compare(a.document.scope.table, b.document.scope.table) || compare(a.id, b.id));
};

const converted = (draft: Draft, id: string): ConvertedRule => ({
  id,
  source: draft.source,
  check: draft.check,
  document: documentOf(draft, id),
  asQuery: draft.asQuery,
});

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
