import * as files from '@aegis/rules/conversion';

const by = { origin: 'dbt', command: 'aegis dbt generate' } as const;

/** The rules as a file that `aegis validate` takes. The same rules give the same text. */
export const renderRules = (rules: readonly files.ConvertedRule[]): string => files.renderRules(rules, by);

/**
 * Brings a generated file up to date. Rules that were edited, rules that were never generated, and comments stay.
 * @throws ConfigError `invalid` for a file that is no list of rules
 */
export const syncRules = (text: string, rules: readonly files.ConvertedRule[], file: string): files.SyncedRules =>
  files.syncRules(text, rules, { ...by, file });
