import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAegisError, type OperationRecord } from '@aegis/spec';
import { openHistory } from '../history/open-history.js';

/** The word that stands for the operations in the project's own audit trail. */
const ownLog = 'oplog';

const database = /\.(?:db|sqlite3?)$/i;

/** Which sources of lineage are operation logs: the word `oplog`, and files of audit trails. */
export const operationLogs = (sources: readonly string[], folder: string): readonly string[] =>
  sources.filter((source) => source === ownLog || (database.test(source) && existsSync(resolve(folder, source))));

export interface ReadLog {
  readonly source: string;
  readonly operations: readonly OperationRecord[];
  /** Why it could not be read. */
  readonly failure?: string | undefined;
}

/** What an operation log recorded, in the order that it ran. */
export const readOperationLog = async (source: string, history: string, folder: string): Promise<ReadLog> => {
  try {
    const store = await openHistory(source === ownLog ? history : resolve(folder, source), { readOnly: true });
    try {
      return { source, operations: await store.operations() };
    } finally {
      await store.close();
    }
  } catch (error) {
    return { source, operations: [], failure: isAegisError(error) ? error.message : `${source} cannot be read` };
  }
};
