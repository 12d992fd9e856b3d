import { type CatalogEntry, catalog, ruleTypes } from '@aegis/rules';
import { ConfigError } from '@aegis/spec';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { columns } from '../../render/columns.js';

export interface RulesListOptions {
  readonly category?: string | undefined;
  readonly json?: boolean | undefined;
}

export const runRulesList: RunCommand<RulesListOptions> = async ({ category, json }, { stdout }) => {
  const entries = ofCategory(catalog(ruleTypes), category);
  stdout.write(json ? `${JSON.stringify(entries, null, 2)}\n` : listing(entries));
  return exitCodes.passed;
};

const ofCategory = (entries: readonly CatalogEntry[], category: string | undefined): readonly CatalogEntry[] => {
  const known = [...new Set(entries.map((entry) => entry.category))];
  if (category === undefined) return entries;
  const found = entries.filter((entry) => entry.category === category);
  if (found.length > 0) return found;
  throw new ConfigError('usage', `there is no category "${category}"`, { hint: `Categories: ${known.join(', ')}.` });
};

const listing = (entries: readonly CatalogEntry[]): string =>
  columns([
    ['TYPE', 'CATEGORY', 'FAILS WHEN NOT SO'],
    ...entries.map(({ name, category, summary }) => [name, category, summary]),
  ]);
