import { formatLocation, RuleError, type RuleReason, type SourceLocation } from '@aegis/spec';
import { formatPath, type Path, type RuleDocument } from './rule-document.js';

/** One mistake in a rules file, or one thing worth knowing about it. */
export interface Problem {
  /** `rule/<reason>`, as the error code of a {@link RuleFileError} that starts with it. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** Absent for rules that were written in TypeScript. */
  readonly location?: SourceLocation | undefined;
  /** The file, also where there is no position in it. */
  readonly file?: string | undefined;
  /** The id of the rule, where it has one. */
  readonly rule?: string | undefined;
}

/** A mistake at a place within a rule, before it is known where that rule was written. */
export interface Mistake {
  readonly path: Path;
  /** Continues the path: "must …", "is …". */
  readonly message: string;
  readonly hint?: string | undefined;
  /** `invalid` if absent. */
  readonly reason?: RuleReason;
}

export type ProblemDetails = Omit<Problem, 'code' | 'message'>;

export const problemOf = (reason: RuleReason, message: string, details: ProblemDetails = {}): Problem => ({
  code: `rule/${reason}`,
  message,
  ...details,
});

/** The mistake with its place in the file, as a sentence about what it is at. */
export const problemAt = (document: RuleDocument, { path, message, hint, reason = 'invalid' }: Mistake): Problem =>
  problemOf(reason, sentence(path, message), {
    hint,
    file: document.file,
    location: document.locate(path),
  });

const sentence = (path: Path, message: string): string => {
  const subject = path.length === 0 ? 'the rule' : formatPath(path);
  return /^(must|may|is|has|names)\b/.test(message) ? `${subject} ${message}` : `${subject}: ${message}`;
};

/** Place, message and hint on one to two lines. */
export const formatProblem = (problem: Problem): string =>
  `${placeOf(problem)}${problem.message}${problem.hint === undefined ? '' : `\n  ${problem.hint}`}`;

const placeOf = ({ location, file, rule }: Problem): string => {
  if (location) return `${formatLocation(location)}: `;
  return `${file === undefined ? '' : `${file}: `}${rule === undefined ? '' : `rule "${rule}": `}`;
};

const shownProblems = 50;

/** Rules that cannot be loaded: every problem of every file, in the order of the files. */
export class RuleFileError extends RuleError {
  /** Never empty. The first one gives the error its code, message, hint and location. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    super(reasonOf(first), summary(problems), { hint: first?.hint, location: first?.location });
    this.problems = problems;
  }

  /** Every problem with its place and hint; the first 50 of them. */
  override get display(): string {
    const more = this.problems.length - shownProblems;
    const lines = this.problems.slice(0, shownProblems).map(formatProblem);
    return [...lines, ...(more > 0 ? [`… and ${more} more problems`] : [])].join('\n');
  }
}

const reasons: readonly RuleReason[] = [
  'not-found',
  'syntax',
  'invalid',
  'duplicate-id',
  'unknown-type',
  'unsupported',
];

const reasonOf = (problem: Problem | undefined): RuleReason =>
  reasons.find((reason) => problem?.code === `rule/${reason}`) ?? 'invalid';

const summary = (problems: readonly Problem[]): string => {
  const first = problems[0]?.message ?? 'no problem was given';
  return problems.length < 2 ? first : `${first} (and ${problems.length - 1} more)`;
};
