import { fence, fenceNotice } from '@aegis/llm';
import { severities } from '@aegis/spec';
import { z } from 'zod';
import type { DocumentPart } from '../documents/split-document.js';
import { catalogueText } from './catalogue.js';

/** Written to the audit trail with every answer: to be raised whenever the text below changes. */
export const promptVersion = 'generate/1';

/** What a model answers. Words that must be among some are read leniently: one slip is not to cost the whole answer. */
export const answerSchema = z.object({
  rules: z
    .array(
      z.object({
        name: z.string().describe('A few words in snake_case, e.g. discount_at_most_half.'),
        type: z.string().describe('One of the rule types listed.'),
        params: z
          .string()
          .describe('The parameters of the type as one line of YAML, e.g. { column: price, min_value: 0 }'),
        where: z.string().nullable().describe('SQL condition on the rows that the rule is about; null for all rows.'),
        severity: z.string().describe(`One of ${severities.join(', ')}.`),
        description: z.string().describe('What the rule protects and the fact that it rests on, in one sentence.'),
        source: z
          .string()
          .nullable()
          .describe(
            'The sentence of a document that it follows from, word for word; null when it follows from the data.',
          ),
      }),
    )
    .describe('The most valuable rule first; empty when nothing is worth a rule.'),
});

export type AnsweredRule = z.output<typeof answerSchema>['rules'][number];

/** The same for every question of a run, so that vendors can keep it. */
export const systemPrompt = (dialect: string, mostRules: number): string => `\
You write data-quality rules for one table. You are given what was measured of the table, the rules that are there already, and perhaps
business documents. Answer with rules that hold for good data and fail for bad data.

- First the rules that the documents state or imply, each with its sentence as source; then what the measurements suggest.
- Use the columns that are listed and no others. Use only the rule types below; prefer a specific type to sql_expression, and sql_expression to custom_sql.
- SQL is of the dialect ${dialect}: one boolean expression on one row, without sub-queries.
- Do not repeat rules that are there already, nor write one that says less than they do.
- Bounds leave room for ordinary growth, unless a document sets them.
- Values such as <email:1> stand for masked ones. Do not write rules about single persons.
- At most ${mostRules} rules; fewer good ones are better.

${fenceNotice}

Rule types, each with its parameters (? is optional); column takes one column, columns a list:
${catalogueText()}`;

export interface Question {
  readonly facts: string;
  /** Rules that are there, a line each. */
  readonly present: readonly string[];
  readonly documents: readonly DocumentPart[];
}

/** The question about the table, with some of the documents. */
export const questionText = ({ facts, present, documents }: Question): string =>
  [
    fence('table', facts),
    present.length === 0
      ? 'No rules are there yet.'
      : `Rules that are there already:\n${fence('rules', present.join('\n'))}`,
    ...documents.map((part) => `Document:\n${fence(partName(part), part.text)}`),
    documents.length === 0
      ? 'There are no documents. Which rules are missing?'
      : 'Which rules do the documents and the data call for?',
  ].join('\n\n');

/** `policies.md, part 2 of 3`. */
export const partName = ({ name, number, of }: DocumentPart): string =>
  of === 1 ? name : `${name}, part ${number} of ${of}`;

export interface RefusedAnswer {
  /** As the model wrote it. */
  readonly rule: AnsweredRule;
  readonly reason: string;
}

/** What goes wrong with some of the rules, to be mended once. */
export const repairText = (facts: string, refused: readonly RefusedAnswer[]): string =>
  [
    fence('table', facts),
    'These rules of yours were tried on the table and cannot stay as they are:',
    ...refused.map(({ rule, reason }) => fence('rule', `${JSON.stringify(rule)}\nProblem: ${reason}`)),
    'Answer with the mended rules only. Leave out what cannot be mended.',
  ].join('\n\n');
