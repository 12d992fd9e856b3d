import * as files from '@aegis/rules/conversion';

const by = { origin: 'contract', command: 'aegis contract import' } as const;

/** The rules as a file that `aegis validate` takes. The same rules give the same text. */
export const renderRules = (rules: readonly files.ConvertedRule[]): string => files.renderRules(rules, by);

/**
 * Brings a file of imported rules up to date. Rules that were edited, rules that were never imported, and comments stay.
 * @throws ConfigError `invalid` for a file that is no list of rules
 */
export const syncRules = (text: string, rules: readonly files.ConvertedRule[], file: string): files.SyncedRules =>
  files.syncRules(text, rules, { ...by, file });
