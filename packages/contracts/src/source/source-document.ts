import { type Problem, RuleFileError } from '@aegis/rules';
import type { SourceLocation } from '@aegis/spec';

/** Keys and indexes from the root of a file to a value in it. */
export type Path = readonly (string | number)[];

/** A file of checks: its values as JSON has them, and where each was written. */
export interface SourceDocument {
  /** As it is to be shown in messages. */
  readonly file: string;
  /** Numbers that a double cannot hold are their digits as text. */
  readonly value: unknown;
  /** Where the value at a path was written, else the nearest thing around it. */
  locate(path: Path): SourceLocation;
}

/** What is wrong with a part of a file. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** All faults of a file as one error, each with its place; `unsupported` is for what a later version may take. */
export const faulty = (
  { locate }: SourceDocument,
  faults: readonly Fault[],
  reason: 'invalid' | 'unsupported' = 'invalid',
): RuleFileError =>
  new RuleFileError(
    faults.map(({ path, message, hint }): Problem => {
      const location = locate(path);
      return { code: `rule/${reason}`, message, location, file: location.file, hint };
    }),
  );
