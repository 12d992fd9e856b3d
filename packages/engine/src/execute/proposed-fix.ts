import type { FixTemplate, JudgeContext } from '@aegis/rules';
import type { Dialect, JsonObject, Row, TableName } from '@aegis/spec';
import { rowChangeSql } from '@aegis/sql';
import type { PreparedRule } from '../plan/prepare.js';
import type { ProposedFix } from '../types.js';

/** The fix that the rule's type declares, as SQL; `null` where it has none, for views, and where it fails: the rule is judged all the same. */
export const proposedFix = (
  { type, context }: PreparedRule,
  sample: readonly Row[],
  judging: JudgeContext<JsonObject>,
  dialect: Dialect,
): ProposedFix | null => {
  const { table, where, isView } = context.relation('target');
  if (isView) return null;
  try {
    const template = type.fix?.(sample, judging);
    const target: TableName = { kind: 'named', parts: changeTarget(table) };
    return template
      ? { ...told(template), sql: rowChangeSql(template.change, { table: target, where }, dialect) }
      : null;
  } catch {
    return null;
  }
};

const told = ({ confidence, caveat }: FixTemplate): Omit<ProposedFix, 'sql'> => ({ confidence, caveat });

/** The table that a fix of a rule changes: the rule's own; of a file, `flights_3m` for `data/flights-3m.parquet`. */
export const changeTarget = (table: TableName): readonly string[] =>
  table.kind === 'named' ? table.parts : [nameAfterFile(table.path)];

const nameAfterFile = (path: string): string => {
  const stem = path.split(/[/\\]/).at(-1)?.split('.')[0] ?? '';
  return stem.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^(?=\d)|^$/, '_');
};
