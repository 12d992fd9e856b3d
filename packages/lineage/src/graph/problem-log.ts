import type { ImportProblem } from './types.js';

const mostKept = 1000;

/** What importers have to say: each thing once, and no more than a person or a disk can bear. Notes never crowd problems out. */
export class ProblemLog {
  readonly #kept = new Map<string, ImportProblem>();
  readonly #problems = { kept: 0, more: 0 };
  readonly #notes = { kept: 0, more: 0 };

  /** Something that could not be taken in. */
  problem(place: string, message: string): void {
    this.#keep({ place, message });
  }

  /** Something that was taken in or left out on purpose, and is worth knowing. */
  note(place: string, message: string): void {
    this.#keep({ place, message, isNote: true });
  }

  all(): readonly ImportProblem[] {
    const [problems, notes] = [this.#problems.more, this.#notes.more];
    return [
      ...this.#kept.values(),
      ...(problems === 0 ? [] : [{ place: 'lineage', message: `${problems} more problems like these` }]),
      ...(notes === 0 ? [] : [{ place: 'lineage', message: `${notes} more notes like these`, isNote: true as const }]),
    ];
  }

  #keep(problem: ImportProblem): void {
    const key = `${problem.place}\n${problem.message}`;
    if (this.#kept.has(key)) return;
    const counts = problem.isNote ? this.#notes : this.#problems;
    if (counts.kept < mostKept) {
      counts.kept++;
      this.#kept.set(key, problem);
    } else counts.more++;
  }
}
