import { jsonInText } from '@aegis/llm';
import type { DebugAnswer } from '@aegis/spec';
import { z } from 'zod';

export interface ReadClaim {
  readonly text: string;
  /** Ids of tool results. */
  readonly cites: readonly string[];
}

export interface ReadAnswer extends Pick<DebugAnswer, 'answer' | 'verdict'> {
  readonly claims: readonly ReadClaim[];
}

const cites = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [...new Set((typeof given === 'string' ? [given] : given).flatMap(idsIn))]);

const claimSchema = z
  .object({ text: z.string().min(1), cites: cites.optional(), citations: cites.optional() })
  .transform(
    ({ text, cites: first = [], citations: second = [] }): ReadClaim => ({
      text,
      cites: [...new Set([...first, ...second])],
    }),
  );

const answerSchema = z.object({
  answer: z.string().min(1),
  verdict: z.enum(['explained', 'insufficient_evidence']).catch('explained'),
  claims: z.array(claimSchema).catch([]),
});

const idsIn = (text: string): readonly string[] => text.match(/\br\d+\b/g) ?? [];

/** The answer as JSON, wherever it stands in the text; else the text, of which sentences that cite are the claims. */
export const readAnswer = (said: string): ReadAnswer => {
  const text = said.trim();
  if (text === '') return { answer: 'The model gave no answer.', verdict: 'insufficient_evidence', claims: [] };
  const [written] = answersIn(text);
  if (written) return written;
  const verdict = /\binsufficient[_ ]evidence\b/i.test(text) ? 'insufficient_evidence' : 'explained';
  return { answer: text, verdict, claims: citingSentences(text) };
};

/** Whether a text has an answer as JSON. */
export const holdsAnswer = (text: string): boolean => answersIn(text).length > 0;

const answersIn = (text: string): readonly ReadAnswer[] =>
  jsonInText(text).flatMap((value) => answerSchema.safeParse(value).data ?? []);

const citingSentences = (text: string): readonly ReadClaim[] =>
  text
    .split(/(?<=[.!?](?:\s*\[r\d+(?:,\s*r\d+)*\])*)\s+(?!\[r\d)|\n+/)
    .map((sentence) => ({
      text: sentence.trim(),
      cites: [...new Set(idsIn((sentence.match(/\[[^\]]*\]/g) ?? []).join(' ')))],
    }))
    .filter((claim) => claim.cites.length > 0);
