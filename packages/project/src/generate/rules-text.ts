import { Document, isCollection, isMap, isSeq } from 'yaml';
import type { NamedDraft } from './draft/named-draft.js';
import type { KnownTable } from './table-target.js';

/** What all rules of the file have in common. */
export interface RulesFrame {
  readonly target: KnownTable;
  readonly owner: string;
  /** Written where rules without one would run elsewhere. */
  readonly warehouse: string | undefined;
  /** Lines above the rules. */
  readonly header: readonly string[];
}

/** The rules file, in the order given. The same drafts give the same text. */
export const renderRules = (drafts: readonly NamedDraft[], frame: RulesFrame): string => {
  const document = new Document({ rules: drafts.map((draft) => ruleOf(draft, frame)) });
  document.commentBefore = commentText(frame.header);
  const rules = document.get('rules');
  for (const [index, item] of (isSeq(rules) ? rules.items : []).entries()) {
    if (!isMap(item)) continue;
    item.spaceBefore = index > 0;
    item.commentBefore = commentText(drafts[index]?.comments ?? []);
    const tags = item.getIn(['metadata', 'tags']);
    if (isCollection(tags)) tags.flow = true;
  }
  return document.toString({ lineWidth: 0 });
};

const ruleOf = (draft: NamedDraft, { target, owner, warehouse }: RulesFrame) => ({
  apiVersion: 'aegis.dev/v1',
  kind: 'DataQualityRule',
  metadata: {
    id: draft.id,
    severity: draft.severity,
    ...(draft.status !== 'active' && { status: draft.status }),
    owner,
    description: draft.description,
    tags: ['generated'],
  },
  scope: {
    ...(warehouse !== undefined && { warehouse }),
    table: target.written,
    ...(draft.where !== undefined && { where: draft.where }),
  },
  logic: { type: draft.type, ...draft.logic },
});

/** `null` where there is none: an empty comment would be a line of its own. */
const commentText = (lines: readonly string[]): string | null =>
  lines.length === 0 ? null : lines.map((line) => ` ${line}`).join('\n');
