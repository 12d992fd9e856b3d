import type { ImportProblem } from './types.js';

const mostKept = 1000;

/** What importers have to say: each thing once, and no more than a person or a disk can bear. */
export class ProblemLog {
  readonly #kept = new Map<string, ImportProblem>();
  #more = 0;

  /** Something that could not be taken in. */
  problem(place: string, message: string): void {
    this.#keep({ place, message });
  }

  /** Something that was taken in or left out on purpose, and is worth knowing. */
  note(place: string, message: string): void {
    this.#keep({ place, message, isNote: true });
  }

  all(): readonly ImportProblem[] {
    const kept = [...this.#kept.values()];
    return this.#more === 0 ? kept : [...kept, { place: 'lineage', message: `${this.#more} more problems like these` }];
  }

  #keep(problem: ImportProblem): void {
    const key = `${problem.place}\n${problem.message}`;
    if (this.#kept.has(key)) return;
    if (this.#kept.size < mostKept) this.#kept.set(key, problem);
    else this.#more++;
  }
}
