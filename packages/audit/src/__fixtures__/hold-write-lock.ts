import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** A process of its own that writes to a database, says so, and takes its time to finish. Argument: path. */
const database = new Database(process.argv[2]);
database.exec('BEGIN IMMEDIATE');
process.send?.('locked');
await delay(300);
database.exec('COMMIT');
process.disconnect();
