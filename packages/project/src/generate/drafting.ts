import type { ModelRuntime } from '@aegis/llm';
import { displayTableName } from '@aegis/rules';
import type { RunJournal } from '../history/run-journal.js';
import type { RunMasking } from '../redaction/run-masking.js';
import { type RefusedDraft, type Trial, type TrialOutcome, type TriedDraft, tryDrafts } from './check/check-drafts.js';
import type { BusinessDocument } from './documents/read-documents.js';
import { counted } from './draft/amounts.js';
import type { DraftContext } from './draft/draft.js';
import { draftFromProfile } from './draft/from-profile.js';
import { DraftNames, type NamedDraft } from './draft/named-draft.js';
import { covers, type ExistingRules } from './existing-rules.js';
import type { LeftOut } from './generate-options.js';
import { throwIfCancelled } from './profile/measure.js';
import { profileTable } from './profile/profile-table.js';
import type { TableProfile } from './profile/table-profile.js';
import { selectDrafts } from './select-drafts.js';
import type { KnownTable } from './table-target.js';

/** Everything that drafting rules for one table takes. */
export interface Drafting {
  readonly target: KnownTable;
  /** Tables that columns may refer to; asked once the table itself was found. */
  readonly parents: () => Promise<readonly KnownTable[]>;
  readonly existing: ExistingRules;
  readonly trial: Trial;
  readonly documents: readonly BusinessDocument[];
  readonly runtime: ModelRuntime | undefined;
  readonly masking: RunMasking;
  readonly context: DraftContext;
  /** Whether a model may see values at all. */
  readonly showsValues: boolean;
  readonly mostRules: number;
  readonly journal: RunJournal;
  readonly onProgress: (message: string) => void;
}

export interface Drafted {
  readonly profile: TableProfile;
  /** The most valuable first. */
  readonly chosen: readonly TriedDraft[];
  readonly leftOut: readonly LeftOut[];
  readonly isComplete: boolean;
  /** Statements of the profile and of all trials. */
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Measures the table, drafts from what was measured and from what a model makes of it, and keeps what stands the trial. */
export const draftRules = async (drafting: Drafting): Promise<Drafted> => {
  const { target, journal, trial, existing, mostRules, onProgress } = drafting;
  onProgress(`Measuring ${displayTableName(target.table)}`);
  const profile = await journal.step('profile', target.written, () => profileTable(trial.source));
  const names = new DraftNames(target.name, existing.ids);
  const measured = await draftMeasured(profile, names, drafting);
  const asked = await draftAsked(profile, measured.tried, names, drafting);
  throwIfCancelled(trial.source);
  const { chosen, leftOut } = selectDrafts([...measured.tried, ...asked.tried], existing.rules, mostRules);
  const outcomes = [measured, ...asked.outcomes];
  return {
    profile,
    chosen,
    leftOut: [...measured.refused.map(leftOutOf), ...asked.leftOut, ...leftOut],
    isComplete: asked.isComplete,
    statements: outcomes.reduce((sum, { statements }) => sum + statements, profile.statements),
    bytesScanned: outcomes.reduce((sum, { bytesScanned }) => plus(sum, bytesScanned), profile.bytesScanned),
  };
};

/** More than are wanted, because some may not stand the trial. */
const draftMeasured = async (profile: TableProfile, names: DraftNames, drafting: Drafting): Promise<TrialOutcome> => {
  const { target, parents, context, trial, journal, mostRules, existing } = drafting;
  const references = { tables: await parents(), catalog: trial.source.catalog };
  const isCovered: DraftContext['isCovered'] = (type, columns) => covers(existing.rules, type, columns);
  const drafts = await journal.step('draft', target.written, () =>
    draftFromProfile(profile, references, { ...context, isCovered }),
  );
  const best = drafts.toSorted((left, right) => right.value - left.value).slice(0, mostRules * 2);
  return tryAll(
    best.map((draft) => names.name(draft)),
    drafting,
  );
};

/** Runs the drafts, so that nothing is written that was not seen to work. */
export const tryAll = async (drafts: readonly NamedDraft[], drafting: Drafting): Promise<TrialOutcome> => {
  if (drafts.length === 0) return { tried: [], refused: [], statements: 0, bytesScanned: 0 };
  drafting.onProgress(`Trying ${counted(drafts.length, 'rule')}`);
  return drafting.journal.step('check', drafting.target.written, () => tryDrafts(drafts, drafting.trial));
};

/** What a model added. */
export interface AskedDrafts {
  readonly tried: readonly TriedDraft[];
  readonly leftOut: readonly LeftOut[];
  readonly outcomes: readonly TrialOutcome[];
  readonly isComplete: boolean;
}

/** The model's half is loaded only where there is a model. */
const draftAsked = async (
  profile: TableProfile,
  measured: readonly TriedDraft[],
  names: DraftNames,
  drafting: Drafting,
): Promise<AskedDrafts> => {
  const { runtime } = drafting;
  if (runtime === undefined) return { tried: [], leftOut: [], outcomes: [], isComplete: true };
  const { draftWithModel } = await import('./model/draft-with-model.js');
  return draftWithModel(runtime, { profile, measured, names, drafting });
};

const leftOutOf = ({ draft, reason }: RefusedDraft): LeftOut => ({ what: draft.id, reason });

const plus = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right;
