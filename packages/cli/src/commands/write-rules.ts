import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkNew, checkWritable, writeWhole } from '@aegis/project';
import type { SyncedRules } from '@aegis/rules/conversion';
import { ConfigError } from '@aegis/spec';
import type { CliEffects } from '../cli-effects.js';
import { count } from '../render/amounts.js';

export interface WriteRulesOptions {
  readonly output?: string | undefined;
  readonly sync?: boolean | undefined;
  readonly force?: boolean | undefined;
}

/** Rules of another tool, as its package writes them. */
export interface ForeignRules {
  /** How people call the tool: "no longer in dbt". */
  readonly origin: string;
  /** A run refuses a file without rules. */
  readonly isEmpty: boolean;
  render(): string;
  sync(text: string, file: string): SyncedRules;
}

/** @throws ConfigError `usage` or `output`, before anything else was done */
export const checkRulesOutput = async (
  { output, sync, force }: WriteRulesOptions,
  { cwd }: Pick<CliEffects, 'cwd'>,
): Promise<void> => {
  if (sync && output === undefined) throw new ConfigError('usage', '--sync needs --output: the file to update');
  if (output === undefined) return;
  const file = resolve(cwd, output);
  await (sync ? checkWritable(file) : checkNew(file, { force }));
};

/** Writes rules to a file or to stdout, and gives the lines to say about it. */
export const writeRules = async (
  { output, sync }: WriteRulesOptions,
  rules: ForeignRules,
  { cwd, stdout }: CliEffects,
): Promise<readonly string[]> => {
  if (output === undefined) {
    stdout.write(rules.render());
    return [];
  }
  const file = resolve(cwd, output);
  const before = sync ? await readFile(file, 'utf8').catch(() => '') : undefined;
  const synced = before === undefined ? undefined : rules.sync(before, output);
  const text = synced?.text ?? rules.render();
  if (text !== before) await writeWhole(file, text);
  return synced === undefined
    ? [
        `Written to ${output}${rules.isEmpty ? ', without rules: nothing was converted.' : `. Try them: aegis run ${output}`}`,
      ]
    : syncLines(synced, output, rules.origin);
};

const syncLines = (synced: SyncedRules, output: string, origin: string): readonly string[] => {
  const { added, updated, unchanged, edited, gone, taken } = synced;
  return [
    `${output}: ${added.length} added, ${updated.length} updated, ${unchanged.length} unchanged`,
    ...listed(`edited here, and different in ${origin} by now; left as they are`, edited),
    ...listed(`no longer in ${origin}, or no longer converted; left in the file`, gone),
    ...listed('not added, because another rule has the id', taken),
  ];
};

const listed = (what: string, ids: readonly string[]): readonly string[] =>
  ids.length === 0 ? [] : [`${count(ids.length, 'rule')} ${what}:`, ...ids.map((id) => `  ${id}`)];
