import type { ModelRuntime } from '@aegis/llm';
import type { TrialOutcome, TriedDraft } from '../check/check-drafts.js';
import { type DocumentPart, groupParts, splitDocument } from '../documents/split-document.js';
import type { DraftNames, NamedDraft } from '../draft/named-draft.js';
import { type AskedDrafts, type Drafting, tryAll } from '../drafting.js';
import type { LeftOut } from '../generate-options.js';
import type { TableProfile } from '../profile/table-profile.js';
import { isViolated, violation } from '../select-drafts.js';
import { type ModelAnswer, ModelDrafter } from './model-drafter.js';
import type { RefusedAnswer } from './prompt.js';
import { tableFacts } from './table-facts.js';

/** Characters of documents in one question: with the table and the rule types, about half of a small model's context. */
const questionCharacters = 12_000;

export interface ModelDraftingParts {
  readonly profile: TableProfile;
  /** What was drafted from the measurements. */
  readonly measured: readonly TriedDraft[];
  readonly names: DraftNames;
  readonly drafting: Drafting;
}

/** Asks the model, tries what it drafts, and has it mend once what was refused. */
export const draftWithModel = async (runtime: ModelRuntime, parts: ModelDraftingParts): Promise<AskedDrafts> => {
  const { drafting } = parts;
  const documents = maskedParts(drafting);
  const drafter = drafterOf(runtime, parts);
  const step = <Value>(work: () => Promise<Value>) => drafting.journal.step('generate', drafting.target.written, work);
  const first = await tryAnswers(await step(() => drafter.ask(groupParts(documents, questionCharacters))), parts);
  const refused = first.failed.map(({ answer, reason }) => ({ rule: answer, reason }));
  const mended = refused.length === 0 ? [] : await step(() => drafter.repair(refused, documents));
  const second = await tryAnswers(mended, parts);
  const unmended = first.failed.filter(({ answer }) => !mended.some((each) => each.answer.name === answer.name));
  return {
    tried: [...first.sound, ...second.sound],
    leftOut: [...drafter.leftOut, ...[...unmended, ...second.failed].map(leftOutAnswer)],
    outcomes: [first.outcome, second.outcome],
    isComplete: drafter.isComplete,
  };
};

const maskedParts = ({ documents, masking }: Drafting): readonly DocumentPart[] =>
  documents.flatMap(({ name, text }) => splitDocument({ name, text: masking.redactor.text(text) }, questionCharacters));

const drafterOf = (runtime: ModelRuntime, { profile, measured, drafting }: ModelDraftingParts): ModelDrafter => {
  const { masking, existing, context, trial, target, mostRules, journal, onProgress, showsValues } = drafting;
  const { redactor } = masking;
  const isPersonal = (column: string) => context.isPersonal(column);
  const present = [...existing.rules, ...measured.filter((each) => !isViolated(each)).map(({ rule }) => rule)];
  return new ModelDrafter({
    runtime,
    redactor,
    mostRules,
    onProgress,
    session: journal.session('generate', trial.effects.signal),
    dialect: trial.source.warehouse.dialect.name,
    facts: redactor.text(tableFacts(target.written, profile, { redactor, showsValues, isPersonal })),
    present: present.map(({ type, params }) => redactor.text(`${type} ${JSON.stringify(params)}`)),
  });
};

interface FailedAnswer extends RefusedAnswerOf {
  readonly answer: ModelAnswer['answer'];
}

type RefusedAnswerOf = Pick<RefusedAnswer, 'reason'>;

interface TriedAnswers {
  readonly sound: readonly TriedDraft[];
  readonly failed: readonly FailedAnswer[];
  readonly outcome: TrialOutcome;
}

/** A rule of a document may be violated: that is what it is for. Any other that is, the model has misread. */
const tryAnswers = async (
  answers: readonly ModelAnswer[],
  { names, drafting }: ModelDraftingParts,
): Promise<TriedAnswers> => {
  const written = new Map<NamedDraft, ModelAnswer['answer']>();
  const unread: FailedAnswer[] = [];
  for (const { answer, reading } of answers) {
    if ('problem' in reading) unread.push({ answer, reason: reading.problem });
    else written.set(names.name(reading.draft), answer);
  }
  const outcome = await tryAll([...written.keys()], drafting);
  const violated = outcome.tried.filter((each) => isViolated(each) && each.draft.origin !== 'document');
  const failed = [...outcome.refused, ...violated.map(({ draft, result }) => ({ draft, reason: violation(result) }))];
  for (const { draft } of failed) names.release(draft);
  return {
    sound: outcome.tried.filter((each) => !violated.includes(each)),
    failed: [...unread, ...failed.flatMap(({ draft, reason }) => failedAnswer(written.get(draft), reason))],
    outcome,
  };
};

const failedAnswer = (answer: ModelAnswer['answer'] | undefined, reason: string): readonly FailedAnswer[] =>
  answer === undefined ? [] : [{ answer, reason }];

const leftOutAnswer = ({ answer, reason }: FailedAnswer): LeftOut => ({
  what: `${answer.name} (${answer.type})`,
  reason,
});
