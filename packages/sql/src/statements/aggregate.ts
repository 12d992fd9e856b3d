import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { fromScope } from './relation.js';

export const aggregateStatement = (
  { from, measures }: Extract<Statement, { kind: 'aggregate' }>,
  dialect: BaseDialect,
): string => {
  const items = measures.map(({ alias, expression }) => `${dialect.expression(expression)} AS ${alias}`);
  return `SELECT ${items.join(', ')} ${fromScope(from, dialect)}`;
};
