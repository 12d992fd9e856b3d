import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { complete, fromScope, selectList } from './relation.js';

export const duplicateKeys = (
  { from, keys, limit }: Extract<Statement, { kind: 'duplicate_keys' }>,
  dialect: BaseDialect,
): string => {
  const grouped = dialect.keys(keys);
  const names = keys.map(({ name }) => dialect.quoteIdentifier(name));
  const ordinals = keys.map((_, index) => index + 1).join(', ');
  return (
    `SELECT ${selectList(grouped, names)}, count(*) AS occurrences ` +
    `${fromScope(from, dialect, complete(keys, dialect))} ` +
    `GROUP BY ${ordinals} HAVING count(*) > 1 ORDER BY count(*) DESC, ${ordinals} LIMIT ${limit}`
  );
};
