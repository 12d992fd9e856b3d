import type { Statement } from '@aegis/spec';

export const queryCount = ({ sql }: Extract<Statement, { kind: 'query_count' }>): string =>
  `SELECT count(*) AS returned FROM (${sql}) AS q`;

export const queryRows = ({ sql, limit }: Extract<Statement, { kind: 'query_rows' }>): string =>
  `SELECT * FROM (${sql}) AS q LIMIT ${limit}`;
