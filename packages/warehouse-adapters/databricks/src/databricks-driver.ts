import type { DBSQLClient } from '@databricks/sql';

/** The calls of the protocol, as the driver makes them: authenticated, over its connection, repeated where that is safe. */
export type Driver = Awaited<ReturnType<DBSQLClient['getDriver']>>;

type Response<Call extends keyof Driver> = Awaited<ReturnType<Driver[Call]>>;

export type OperationStatus = Response<'getOperationStatus'>;
export type OperationHandle = NonNullable<Response<'executeStatement'>['operationHandle']>;
export type SessionHandle = NonNullable<Response<'openSession'>['sessionHandle']>;
export type ResultSchema = NonNullable<Response<'getResultSetMetadata'>['schema']>;
export type ResultPage = Response<'fetchResults'>;
export type ResultColumn = NonNullable<NonNullable<ResultPage['results']>['columns']>[number];

/** Numbers of the protocol (TCLIService.thrift), which never change. */
export const statusCode = { error: 3, invalidHandle: 4 } as const;
export const operationState = { finished: 2, cancelled: 3, closed: 4, failed: 5, unknown: 6, timedOut: 8 } as const;
export const fetchNext = 0;
/** The newest version that this reads, as the driver asks for it. */
export const protocolVersion = 0xa508;
export const typeId = {
  ...{ boolean: 0, tinyint: 1, smallint: 2, int: 3, bigint: 4, float: 5, double: 6, string: 7, timestamp: 8 },
  ...{ binary: 9, array: 10, map: 11, struct: 12, decimal: 15, null: 16, date: 17 },
} as const;
