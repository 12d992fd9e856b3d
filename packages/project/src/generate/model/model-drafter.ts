import type { ModelRuntime } from '@aegis/llm';
import type { Redactor } from '@aegis/llm/redaction';
import { type AegisError, isAegisError, type ModelReason, type NarratorSession } from '@aegis/spec';
import { type DocumentPart, halved } from '../documents/split-document.js';
import type { LeftOut } from '../generate-options.js';
import {
  type AnsweredRule,
  answerSchema,
  partName,
  promptVersion,
  questionText,
  type RefusedAnswer,
  repairText,
  systemPrompt,
} from './prompt.js';
import { type AnswerReading, readAnswer } from './read-answer.js';

export interface ModelDrafting {
  readonly runtime: ModelRuntime;
  readonly session: NarratorSession;
  readonly redactor: Redactor;
  readonly dialect: string;
  /** About the table; masked. */
  readonly facts: string;
  /** Rules that are there or drafted, a line each; masked. */
  readonly present: readonly string[];
  readonly mostRules: number;
  readonly onProgress: (message: string) => void;
}

/** A rule as the model wrote it, and what was made of it. */
export interface ModelAnswer {
  readonly answer: AnsweredRule;
  readonly reading: AnswerReading;
}

const mostOutputTokens = 8000;

/** What concerns one question only. After anything else, asking on is pointless. */
const ofOneQuestion: ReadonlySet<string> = new Set(
  (['context-length', 'content-filter', 'invalid-output', 'unknown'] satisfies ModelReason[]).map(
    (reason) => `model/${reason}`,
  ),
);

/** Asks a model for rules: once for each group of document parts, and once more for those that were refused. */
export class ModelDrafter {
  readonly answers: ModelAnswer[] = [];
  readonly leftOut: LeftOut[] = [];
  /** Why no further question is asked. */
  #stopped: string | undefined;
  #hasAnswered = false;
  readonly #drafting: ModelDrafting;

  constructor(drafting: ModelDrafting) {
    this.#drafting = drafting;
  }

  get isComplete(): boolean {
    return this.leftOut.length === 0;
  }

  /**
   * One question for each group; without documents, one about the data alone.
   * @throws LanguageModelError when the model cannot be used at all; later, what it leaves unanswered is left out
   */
  async ask(groups: readonly (readonly DocumentPart[])[]): Promise<readonly ModelAnswer[]> {
    for (const group of groups.length === 0 ? [[]] : groups) await this.#askAbout(group);
    return this.answers;
  }

  /** The mended ones of the rules that were refused. */
  async repair(refused: readonly RefusedAnswer[], documents: readonly DocumentPart[]): Promise<readonly ModelAnswer[]> {
    if (refused.length === 0 || this.#stopped !== undefined) return [];
    this.#drafting.onProgress(`Asking the model to mend ${refused.length} of its rules`);
    const masked = refused.map(({ rule, reason }) => ({ rule, reason: this.#drafting.redactor.text(reason) }));
    try {
      return this.#read(await this.#answerTo(repairText(this.#drafting.facts, masked)), documents);
    } catch (error) {
      this.#giveUp('mending refused rules', error);
      return [];
    }
  }

  async #askAbout(group: readonly DocumentPart[]): Promise<void> {
    if (this.#stopped !== undefined) return this.#leaveOut(group, this.#stopped);
    this.#drafting.onProgress(`Asking the model about ${nameOf(group)}`);
    const { facts, present } = this.#drafting;
    try {
      const known = [...present, ...this.answers.map(({ answer }) => `${answer.type} ${answer.params}`)];
      const rules = await this.#answerTo(questionText({ facts, present: known, documents: group }));
      this.answers.push(...this.#read(rules, group));
    } catch (error) {
      const parts = isTooLong(error) ? halved(group) : undefined;
      if (parts === undefined) return this.#giveUp(nameOf(group), error);
      for (const part of parts) await this.#askAbout(part);
    }
  }

  async #answerTo(content: string): Promise<readonly AnsweredRule[]> {
    const { runtime, session, dialect, mostRules } = this.#drafting;
    const { rules } = await runtime.answer(
      {
        system: systemPrompt(dialect, mostRules),
        messages: [{ role: 'user', content }],
        maxOutputTokens: mostOutputTokens,
        ...(session.signal && { signal: session.signal }),
      },
      answerSchema,
      { session, ruleId: null, promptVersion },
    );
    this.#hasAnswered = true;
    return rules;
  }

  #read(rules: readonly AnsweredRule[], documents: readonly DocumentPart[]): readonly ModelAnswer[] {
    const { redactor } = this.#drafting;
    const before = this.answers.length;
    return rules.map((answer, index) => ({
      answer,
      reading: readAnswer(answer, before + index, { redactor, documents }),
    }));
  }

  /** @throws what is no failure of a model, and one that asking again would only repeat */
  #giveUp(what: string, error: unknown): void {
    if (!isModelError(error)) throw error;
    if (!concernsOneQuestion(error)) {
      if (!this.#hasAnswered) throw error;
      this.#stopped = error.message;
    }
    this.leftOut.push({ what, reason: error.message });
  }

  #leaveOut(group: readonly DocumentPart[], reason: string): void {
    this.leftOut.push({ what: nameOf(group), reason: `not asked after: ${reason}` });
  }
}

/** Adapters bring their own copy of the error classes. */
const isModelError = (error: unknown): error is AegisError => isAegisError(error) && error.code.startsWith('model/');

const concernsOneQuestion = ({ code }: AegisError): boolean => ofOneQuestion.has(code);

const isTooLong = (error: unknown): boolean => isModelError(error) && error.code === 'model/context-length';

const nameOf = (group: readonly DocumentPart[]): string =>
  group.length === 0 ? 'the table' : [...new Set(group.map(partName))].join(' and ');
