import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { complete, fromScope } from './relation.js';

export const keyCounts = ({ from, keys }: Extract<Statement, { kind: 'key_counts' }>, dialect: BaseDialect): string => {
  const scope = fromScope(from, dialect, complete(keys, dialect));
  const total = (sql: string) => dialect.asBigint(`coalesce(${sql}, 0)`);
  return (
    `SELECT ${total('sum(n)')} AS complete, count(*) AS distinct_keys, ${dialect.countIf('n > 1')} AS duplicate_keys, ` +
    `${total(dialect.filtered('sum', 'n', 'n > 1'))} AS duplicate_rows ` +
    `FROM (SELECT count(*) AS n ${scope} GROUP BY ${dialect.keys(keys).join(', ')}) AS g`
  );
};
