import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { Table } from '@aws-sdk/client-glue';
import type { AthenaDatabase } from './athena-database.js';
import { isInvalidName } from './athena-errors.js';

/** Where a table is: names are held in lower case. */
export interface GluePlace {
  readonly database: string;
  readonly name: string;
}

/** `undefined` for a table or a database that does not exist. */
export const glueTable = async (
  { database, name }: GluePlace,
  warehouse: AthenaDatabase,
  options?: StatementOptions,
): Promise<Table | undefined> => {
  const { GetTableCommand } = await import('@aws-sdk/client-glue');
  const command = new GetTableCommand({ DatabaseName: database, Name: name });
  const found = await orAbsent(warehouse.call(({ glue }, given) => glue.send(command, given), options));
  return found?.Table;
};

const mostTables = 1_000;

/** The first tables of a database, in Glue's order. */
export const glueTables = async (
  database: string,
  warehouse: AthenaDatabase,
  options?: StatementOptions,
): Promise<readonly string[]> => {
  const { GetTablesCommand } = await import('@aws-sdk/client-glue');
  const names: string[] = [];
  let token: string | undefined;
  do {
    const command = new GetTablesCommand({ DatabaseName: database, NextToken: token, MaxResults: 100 });
    const page = await orAbsent(warehouse.call(({ glue }, given) => glue.send(command, given), options));
    names.push(...(page?.TableList ?? []).map(({ Name }) => String(Name)));
    token = page?.NextToken;
  } while (token !== undefined && names.length < mostTables);
  return names.slice(0, mostTables);
};

/** `undefined` for what does not exist, or cannot under such a name. */
const orAbsent = async <Result>(asked: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await asked;
  } catch (error) {
    const isAbsent = error instanceof WarehouseError && (error.reason === 'not-found' || isInvalidName(error.cause));
    if (isAbsent) return undefined;
    throw error;
  }
};
