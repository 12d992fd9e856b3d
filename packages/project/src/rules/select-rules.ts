import { basename } from 'node:path';
import { ConfigError, type Rule, type TableName } from '@aegis/spec';
import { didYouMean } from '../suggest.js';

/**
 * The rules that any of the words names: by id, by tag, or by table (as written, its last part, or a file's name).
 * Without words, all of them.
 * @throws ConfigError `usage` for a word that names none
 */
export const selectRules = (rules: readonly Rule[], words: readonly string[]): readonly Rule[] => {
  if (words.length === 0) return rules;
  for (const word of words) {
    if (!rules.some((rule) => handles(rule).includes(word))) throw nothingSelected(word, rules);
  }
  return rules.filter((rule) => handles(rule).some((handle) => words.includes(handle)));
};

const handles = (rule: Rule): readonly string[] => [rule.id, ...rule.tags, ...tableHandles(rule.scope.table)];

const tableHandles = (table: TableName): readonly string[] =>
  table.kind === 'file'
    ? [table.path, basename(table.path)]
    : table.parts.map((_part, index) => table.parts.slice(index).join('.'));

const nothingSelected = (word: string, rules: readonly Rule[]): ConfigError => {
  const candidates = new Set(rules.flatMap(handles));
  return new ConfigError('usage', `--select "${word}" matches no rule id, tag or table`, {
    hint: didYouMean(word, candidates, 'aegis validate RULES lists what there is.'),
  });
};
