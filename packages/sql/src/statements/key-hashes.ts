import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { complete, fromScope } from './relation.js';

export const keyHashes = ({ from, keys }: Extract<Statement, { kind: 'key_hashes' }>, dialect: BaseDialect): string =>
  `SELECT count(*) AS complete, count(DISTINCT ${dialect.hash(keys)}) AS distinct_hashes ` +
  fromScope(from, dialect, complete(keys, dialect));
