import { DuckDBInstance } from '@duckdb/node-api';

/** A program: opens the database that it is given for writing, says so, and keeps it until it is killed. */
const instance = await DuckDBInstance.create(process.argv[2]);
await instance.connect();
console.log('held');
setInterval(() => undefined, 60_000);
