import { type Draft, type Drafted, type RuleDocument, refused, sound } from '@aegis/rules/conversion';
import { type Dialect, type Severity, severities } from '@aegis/spec';
import type { Path } from '../source/source-document.js';
import { ownValue } from '../source/values.js';
import type { Contract } from './contract-schema.js';
import { labelOf, type Subject } from './subject.js';

/** The rule that means what a check means, or why there is none. */
export type Meaning =
  | {
      readonly kind: 'logic';
      readonly logic: RuleDocument['logic'];
      readonly asQuery?: string | undefined;
      /** More of `scope`, e.g. `where`. */
      readonly scope?: { readonly [key: string]: unknown } | undefined;
      readonly blocks?: { readonly [key: string]: unknown } | undefined;
    }
  | { readonly kind: 'reason'; readonly reason: string; readonly hint?: string | undefined };

export const means = (logic: RuleDocument['logic'], asQuery?: string): Meaning => ({ kind: 'logic', logic, asQuery });

export const cannot = (reason: string, hint?: string): Meaning => ({ kind: 'reason', reason, hint });

/** Something that a contract promises of a table or a column. */
export interface Promised {
  /** What the standard calls it. */
  readonly check: string;
  /** Unique within the subject, and stable. */
  readonly key: string;
  /** Where it is written, from the subject. */
  readonly at: Path;
  readonly meaning: Meaning;
  readonly description?: string | undefined;
  /** As the contract writes it. */
  readonly severity?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** What Aegis wrote beside the check: it stands for everything that the contract says in general. */
  readonly own?: { readonly [key: string]: unknown } | undefined;
}

/** What holds for the whole contract. */
export interface Context {
  readonly contract: Contract;
  readonly dialect: Dialect;
  readonly owner: string | undefined;
  /** The table of an object, by the object's name, physical name or id. */
  readonly objects: readonly Subject[];
}

export interface ContractDraft extends Draft {
  readonly path: Path;
  /** The column that the check stands at. */
  readonly column?: string | undefined;
}

export type ContractDrafted = Drafted<ContractDraft>;

/** The promise as a draft, if a run would take it. */
export const draftOf = (subject: Subject, promised: Promised, context: Context): ContractDrafted => {
  const { check, meaning } = promised;
  if (meaning.kind === 'reason')
    return refused({ source: sourceOf(subject, promised), check }, meaning.reason, meaning.hint);
  return sound(uncheckedDraft(subject, { ...promised, meaning }, context));
};

const sourceOf = (subject: Subject, { key }: Promised): string => `${labelOf(subject)}:${key}`;

type Meant = Promised & { readonly meaning: Extract<Meaning, { readonly kind: 'logic' }> };

/** The promise as a draft, of whatever rule type. */
export const uncheckedDraft = (subject: Subject, promised: Meant, context: Context): ContractDraft => {
  const { check, key, meaning, own } = promised;
  return {
    kind: 'draft',
    source: sourceOf(subject, promised),
    check,
    name: [...subject.names, key].join('_'),
    id: textOf(own?.id),
    asQuery: meaning.asQuery,
    severity: severityOf(promised),
    owner: own ? textOf(own.owner) : context.owner,
    description: descriptionOf(subject, promised),
    tags: own ? (promised.tags ?? []) : tagsOf(subject, promised, context),
    metadata: own ? givenOf(own) : { domain: context.contract.domain },
    scope: { table: subject.table, ...meaning.scope },
    logic: meaning.logic,
    blocks: meaning.blocks,
    path: [...subject.path, ...promised.at],
    column: subject.column,
  };
};

/** What Aegis wrote has no other words. */
const descriptionOf = (subject: Subject, { check, description, own }: Promised): string | undefined =>
  description?.trim() || (own ? undefined : `The contract of ${subject.object.name}: ${check} of ${labelOf(subject)}.`);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const givenOf = ({ domain, version, status }: { readonly [key: string]: unknown }) => ({ domain, version, status });

const tagsOf = ({ object, property }: Subject, { tags = [] }: Promised, { contract }: Context): readonly string[] => [
  'contract',
  ...contract.tags,
  ...object.tags,
  ...(property?.tags ?? []),
  ...tags,
];

const words: { readonly [word: string]: Severity } = {
  blocker: 'critical',
  fatal: 'critical',
  error: 'high',
  major: 'high',
  moderate: 'medium',
  warning: 'low',
  warn: 'low',
  minor: 'low',
  information: 'info',
  informational: 'info',
};

/** What the schema promises is `high`; checks of quality say it themselves. */
const severityOf = ({ severity }: Promised): Severity => {
  const word = severity?.trim().toLowerCase();
  if (word === undefined) return 'high';
  return severities.find((each) => each === word) ?? ownValue(words, word) ?? 'medium';
};
