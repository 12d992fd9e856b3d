import type { RuleStatus } from '@aegis/spec';
import { snakeCase } from './column-names.js';
import type { Draft } from './draft.js';

/** A draft with the id that it has among all rules. */
export interface NamedDraft extends Draft {
  readonly id: string;
  readonly status: RuleStatus;
}

const longestId = 120;

/** Gives drafts ids that no other rule has: the table, then what the rule is about. */
export class DraftNames {
  readonly #taken: Set<string>;
  readonly #table: string;

  constructor(table: string, taken: Iterable<string>) {
    this.#table = table;
    this.#taken = new Set(taken);
  }

  name(draft: Draft): NamedDraft {
    const about = snakeCase(draft.name) || snakeCase(draft.type) || 'rule';
    const id = this.#free(
      (about.startsWith(`${this.#table}_`) ? about : `${this.#table}_${about}`).slice(0, longestId),
    );
    this.#taken.add(id);
    return { ...draft, id, status: 'active' };
  }

  /** The id of a draft that came to nothing may be given again. */
  release({ id }: NamedDraft): void {
    this.#taken.delete(id);
  }

  #free(id: string): string {
    if (!this.#taken.has(id)) return id;
    for (let number = 2; ; number += 1) if (!this.#taken.has(`${id}_${number}`)) return `${id}_${number}`;
  }
}
