import { randomUUID } from 'node:crypto';
import { isWord, type Token } from '../engine/tokens.js';
import type { Query } from './query.js';
import { QueryError } from './query-error.js';

interface Transaction {
  readonly isReadOnly: boolean;
  isFailed: boolean;
}

/** Transactions that clients began. They hold nothing together; they refuse writes, and everything once one statement failed. */
export class Transactions {
  readonly #open = new Map<string, Transaction>();

  get size(): number {
    return this.#open.size;
  }

  /** Forgets all of them, as Trino does with idle ones. */
  expire(): void {
    this.#open.clear();
  }

  /** @throws QueryError for a client that cannot hold one */
  begin(query: Query, tokens: readonly Token[]): void {
    const { transactionId } = query.session;
    if (transactionId === undefined)
      throw new QueryError('INCOMPATIBLE_CLIENT', 'Client does not support transactions');
    if (transactionId !== 'NONE') throw new QueryError('NOT_SUPPORTED', 'Nested transactions not supported');
    const id = randomUUID();
    const isReadOnly = tokens.some((token, index) => isWord(token, 'read') && isWord(tokens[index + 1], 'only'));
    this.#open.set(id, { isReadOnly, isFailed: false });
    query.headers = { 'x-trino-started-transaction-id': id };
  }

  end(query: Query): void {
    this.#open.delete(query.session.transactionId ?? '');
    query.headers = { 'x-trino-clear-transaction-id': 'true' };
  }

  /** @throws QueryError where the transaction of a statement refuses it */
  check({ session: { transactionId } }: Query, isWrite: boolean): void {
    if (transactionId === undefined || transactionId === 'NONE') return;
    const transaction = this.#open.get(transactionId);
    if (!transaction)
      throw new QueryError(
        'UNKNOWN_TRANSACTION',
        `Unknown transaction ID: ${transactionId}. Possibly expired? Commands ignored until end of transaction block`,
      );
    if (transaction.isFailed)
      throw new QueryError(
        'TRANSACTION_ALREADY_ABORTED',
        'Current transaction is aborted, commands ignored until end of transaction block',
      );
    if (isWrite && transaction.isReadOnly)
      throw new QueryError('READ_ONLY_VIOLATION', 'Cannot execute write in a read-only transaction');
  }

  fail({ session: { transactionId } }: Query): void {
    const transaction = this.#open.get(transactionId ?? '');
    if (transaction) transaction.isFailed = true;
  }
}
