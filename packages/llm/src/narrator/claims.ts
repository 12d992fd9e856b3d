import type { Evidence } from '@aegis/spec';
import { z } from 'zod';
import { oneLine } from './cut.js';
import type { Fact } from './fact.js';

/** One sentence or two, and the facts that they rest on. */
export const claims = (what: string) =>
  z
    .array(
      z.object({
        text: z.string().describe('One or two plain sentences, without ids.'),
        facts: z
          .array(z.string())
          .describe('Ids of the facts that it rests on, e.g. ["f1", "e2"]; none when it is a guess.'),
      }),
    )
    .describe(what);

export type Claims = z.output<ReturnType<typeof claims>>;

/** What claims come to: the words of the model, each with the facts that it was given and cites. */
export interface CitedText {
  /** `null` where nothing was said. */
  readonly text: string | null;
  readonly cited: readonly Evidence[];
  /** Citations of facts that were not given. */
  readonly dropped: number;
}

const mostClaims = 10;
const longestClaim = 1_000;

/** The claims as a text, its citations in brackets. Only facts that were given are cited. */
export const citedText = (said: Claims, facts: readonly Fact[]): CitedText => {
  const given = new Map(facts.map(({ evidence }) => [evidence.id, evidence]));
  const kept = said.slice(0, mostClaims).map((claim) => oneClaim(claim, given));
  const text = kept.map(({ text: words }) => words).filter((words) => words !== '');
  return {
    text: text.length === 0 ? null : text.join(' '),
    cited: kept.flatMap(({ cited }) => cited),
    dropped: kept.reduce((sum, { dropped }) => sum + dropped, 0),
  };
};

const oneClaim = ({ text, facts }: Claims[number], given: ReadonlyMap<string, Evidence>) => {
  const ids = [...new Set(facts.map(bareId))];
  const cited = ids.flatMap((id) => given.get(id) ?? []);
  const words = oneLine(text, longestClaim);
  const brackets = words === '' || cited.length === 0 ? '' : ` [${cited.map(({ id }) => id).join(', ')}]`;
  return { text: `${words}${brackets}`, cited, dropped: ids.length - cited.length };
};

/** Models write `[e1]` for `e1`. */
const bareId = (id: string): string => id.replaceAll(/[[\]\s]/g, '');
