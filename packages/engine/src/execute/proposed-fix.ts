import type { JudgeContext } from '@aegis/rules';
import type { Dialect, JsonObject, Row, TableName } from '@aegis/spec';
import { rowChangeSql } from '@aegis/sql';
import type { PreparedRule } from '../plan/prepare.js';
import type { ProposedFix } from '../types.js';

/** The fix that the rule's type declares, as SQL; `null` where it has none, and for views and what the dialect cannot say. */
export const proposedFix = (
  { type, context }: PreparedRule,
  sample: readonly Row[],
  judging: JudgeContext<JsonObject>,
  dialect: Dialect,
): ProposedFix | null => {
  const { table, where, isView } = context.relation('target');
  const template = isView ? undefined : type.fix?.(sample, judging);
  if (!template) return null;
  const { change, confidence, caveat } = template;
  try {
    const target: TableName = { kind: 'named', parts: changeTarget(table) };
    return { sql: rowChangeSql(change, { table: target, where }, dialect), confidence, caveat };
  } catch {
    return null;
  }
};

/** The table that a fix of a rule changes: the rule's own; of a file, `flights_3m` for `data/flights-3m.parquet`. */
export const changeTarget = (table: TableName): readonly string[] =>
  table.kind === 'named' ? table.parts : [nameAfterFile(table.path)];

const nameAfterFile = (path: string): string => {
  const stem = path.split(/[/\\]/).at(-1)?.split('.')[0] ?? '';
  return stem.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^(?=\d)|^$/, '_');
};
