import type { Asked } from './ask.js';
import type { Question, Truth, WantedNumber } from './question.js';

/** Whether an answer is right; `faults` say why it is not. */
export interface Score {
  readonly isRight: boolean;
  readonly faults: readonly string[];
}

/** An answer that goes on and on names the right thing somewhere. */
const longestAnswer = 2_500;
/** So does one that lists numbers. */
const mostNumbers = 12;
/** Tables beside the matter: one may slip in. */
const mostStray = 1;

/** Holds an answer against the truth. `tables` are all that the graph has. */
export const scoreAnswer = ({ truth, ask }: Question, asked: Asked, tables: readonly string[]): Score => {
  const faults = [
    ...(asked.endedBy === null ? [] : [`it ended early: ${asked.endedBy}`]),
    ...verdictFaults(truth, asked),
    ...wordFaults(truth, asked.answer),
    ...numberFaults(truth.numbers ?? [], asked.answer),
    ...strayFaults(truth, asked.answer, tables),
    ...(asked.answer.length > longestAnswer ? [`the answer has ${asked.answer.length} characters`] : []),
    ...(ask === 'debug' ? groundFaults(truth, asked) : []),
  ];
  return { isRight: faults.length === 0, faults };
};

const wanted = ({ verdict = 'explained' }: Truth) => verdict;

const verdictFaults = (truth: Truth, { verdict }: Asked): readonly string[] =>
  verdict === wanted(truth) ? [] : [`the verdict is ${verdict}, not ${wanted(truth)}`];

const wordFaults = ({ mentions = [], forbids = [] }: Truth, answer: string): readonly string[] => [
  ...mentions.flatMap((words) => {
    const list = typeof words === 'string' ? [words] : words;
    return list.some((word) => says(answer, word)) ? [] : [`it does not say ${list.join(' or ')}`];
  }),
  ...forbids.flatMap((word) => (says(answer, word) ? [`it says ${word}`] : [])),
];

/** The word, or one that begins with it. */
const says = (text: string, word: string): boolean =>
  new RegExp(`${/^\w/.test(word) ? '(?<![a-z0-9_])' : ''}${escaped(word.toLowerCase())}`).test(text.toLowerCase());

const names = (text: string, table: string): boolean =>
  new RegExp(`(?<![a-z0-9_])${escaped(table.toLowerCase())}(?![a-z0-9_])`).test(text.toLowerCase());

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const numberFaults = (numbers: readonly WantedNumber[], answer: string): readonly string[] => {
  if (numbers.length === 0) return [];
  const said = numbersIn(answer);
  if (said.length > mostNumbers) return [`it lists ${said.length} numbers`];
  return numbers.flatMap(({ value, within = 0 }) =>
    said.some((each) => Math.abs(each - value) <= within) ? [] : [`it does not say ${value}`],
  );
};

/** Different numbers; dates are none. */
const numbersIn = (text: string): readonly number[] => {
  const plain = text.replaceAll(/\d{4}-\d{2}-\d{2}/g, ' ').match(/(?<![\w.])-?\d[\d,']*(?:\.\d+)?/g) ?? [];
  return [...new Set(plain.map((number) => Number(number.replaceAll(/[,']/g, ''))))];
};

const strayFaults = ({ about }: Truth, answer: string, tables: readonly string[]): readonly string[] => {
  const stray = tables.filter((table) => !about.includes(table) && names(answer, table));
  return stray.length > mostStray ? [`it names tables beside the matter: ${stray.join(', ')}`] : [];
};

/** What is claimed must rest on what was looked at, and hold when it is looked at again. */
const groundFaults = (truth: Truth, { claims, evidence }: Asked): readonly string[] => {
  if (wanted(truth) === 'insufficient_evidence') return lookFaults(truth, evidence, 'no tool was called about');
  if (claims.length === 0) return ['it claims nothing that could be checked'];
  const loose = claims.filter(({ isSupported }) => !isSupported);
  if (loose.length > 0) return loose.map(({ text }) => `a claim does not hold: ${text}`);
  const cited = new Set(claims.flatMap(({ citations }) => citations.map(({ id }) => id)));
  const used = evidence.filter(({ id }) => cited.has(id));
  return lookFaults(truth, used, 'no claim rests on a look at');
};

const lookFaults = ({ seen }: Truth, uses: Asked['evidence'], fault: string): readonly string[] =>
  seen === undefined || uses.some((use) => names(JSON.stringify(use.arguments), seen)) ? [] : [`${fault} ${seen}`];
