import type { Evidence } from '@aegis/spec';

/** Facts are shown in groups, each fenced as data under its name. */
export const sections = {
  rule: 'the rule',
  statements: 'SQL that measured the rule',
  columns: 'columns of the table',
  figures: 'figures',
  evidence: 'evidence',
  failing: 'failing rows',
  passing: 'passing rows',
  lineage: 'tables around it',
  cause: 'where it enters',
} as const;

export type Section = keyof typeof sections;

export const isSection = (kind: string): kind is Section => Object.hasOwn(sections, kind);

/** Something that a claim may rest on. */
export interface Fact {
  readonly section: Section;
  /** As the reader of the report finds it, under the id that is cited. */
  readonly evidence: Evidence;
  /** As the model is shown it: masked. */
  readonly text: string;
}
