import { type SearchHistoryOptions, searchHistory } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export interface SearchCommandOptions extends SearchHistoryOptions {
  readonly json?: boolean | undefined;
}

export const runSearch: RunCommand<SearchCommandOptions> = async ({ json, ...options }, effects) => {
  const hits = await searchHistory(options, effects);
  effects.stdout.write(json ? `${JSON.stringify(hits, null, 2)}\n` : listing(hits, options.query));
  return exitCodes.passed;
};

type Hits = Awaited<ReturnType<typeof searchHistory>>;

const listing = (hits: Hits, query: string): string =>
  hits.length === 0
    ? `No recorded model call holds the words "${visible(query)}".\n`
    : `${hits.map(described).join('\n\n')}\n`;

const described = ({ decisionId, runId, node, ruleId, model, recordedAt, field, snippet }: Hits[number]): string => {
  const about = [runId, node, ...(ruleId === null ? [] : [ruleId]), recordedAt.slice(0, 19).replace('T', ' '), model];
  return `call ${decisionId}  ${about.map(visible).join('  ')}\n  ${field}: ${visible(snippet)}`;
};
