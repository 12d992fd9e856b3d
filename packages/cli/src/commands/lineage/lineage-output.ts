import type { ExploredLineage, ExploreOptions } from '@aegis/project';
import type { CliEffects } from '../../cli-effects.js';
import { count } from '../../render/amounts.js';
import type { LineageFormat } from './formats.js';

export interface LineageCommandOptions extends ExploreOptions {
  readonly format?: LineageFormat | undefined;
  /** The answer as data, whatever the format. */
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** The forms of one answer. */
export interface Answer {
  readonly data: unknown;
  readonly text: () => string;
  /** Ids of the datasets that diagrams show; all where absent. */
  readonly part?: ReadonlySet<string> | undefined;
}

export const writeAnswer = (
  { data, text, part }: Answer,
  { diagram }: ExploredLineage,
  { format = 'tree', json }: LineageCommandOptions,
  { stdout }: CliEffects,
): void => {
  if (json) stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else stdout.write(format === 'tree' ? text() : diagram(format, part));
};

/** Says on stderr what is missing from the graph. */
export const warnOfGaps = (
  { unreadable, problems }: ExploredLineage,
  { quiet }: LineageCommandOptions,
  { stderr }: CliEffects,
): void => {
  if (quiet) return;
  for (const source of unreadable) stderr.write(`Note: lineage is missing a source: ${source}.\n`);
  const others = problems.filter(({ isNote }) => !isNote).length - unreadable.length;
  if (others > 0) stderr.write(`Note: ${count(others, 'problem')} in the sources; aegis lineage show lists them.\n`);
};
