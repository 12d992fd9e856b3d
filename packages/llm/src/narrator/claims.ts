import type { Evidence } from '@aegis/spec';
import { z } from 'zod';

/** One thing that a model says, and the facts that it rests on. */
export const claimSchema = z.strictObject({
  text: z.string().min(1).max(4_000).describe('One to three plain sentences, without ids of facts in them.'),
  facts: z.array(z.string()).max(50).describe('Ids of the facts that this rests on, e.g. ["e1", "f2"].'),
});

export type Claim = z.output<typeof claimSchema>;

/** Claims with their citations, and the count of those that named no fact that was given. */
export class Citations {
  readonly #known: ReadonlyMap<string, Evidence>;
  readonly #cited = new Set<string>();
  #dropped = 0;

  constructor(facts: readonly Evidence[]) {
    this.#known = new Map(facts.map((fact) => [fact.id, fact]));
  }

  /** `text [e1, f2]`. */
  tell({ text, facts }: Claim): string {
    const ids = [...new Set(facts.map(plainId))];
    const known = ids.filter((id) => this.#known.has(id));
    this.#dropped += ids.length - known.length;
    for (const id of known) this.#cited.add(id);
    return known.length === 0 ? text.trim() : `${text.trim()} [${known.join(', ')}]`;
  }

  /** The facts that were there before, and those of ours that a claim rests on. */
  evidence(before: readonly Evidence[]): readonly Evidence[] {
    const ids = new Set(before.map(({ id }) => id));
    const added = [...this.#known.values()].filter(({ id }) => this.#cited.has(id) && !ids.has(id));
    return [...before, ...added];
  }

  get notes(): readonly string[] {
    if (this.#dropped === 0) return [];
    const [citations, were] = this.#dropped === 1 ? ['citation', 'was'] : ['citations', 'were'];
    return [`${this.#dropped} ${citations} of facts that were not given ${were} dropped from the model’s answer.`];
  }
}

/** Models like to repeat the brackets. */
const plainId = (id: string): string => id.trim().replace(/^\[(.*)\]$/, '$1');
