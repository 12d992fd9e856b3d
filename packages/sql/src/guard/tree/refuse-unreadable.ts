import type { SqlNode } from '../../parse/index.js';
import type { Reading } from '../skeleton/reading.js';
import { refusePart } from '../skeleton/refuse-part.js';

/** What paths, wildcards and tables about a table have in their names. */
const special = /[/\\:*?$%{}]/;
const fileName =
  /\.(?:csv|tsv|txt|json|jsonl|ndjson|geojson|parquet|arrow|feather|avro|orc|xlsx?|db|ddb|duckdb|sqlite\d?|shp|gpkg|fgb|gz|zst|bz2|zip)\b/i;

/** @throws GuardError `out-of-scope` for tables that hold no data of the user's, and for files */
export const refuseUnreadable = (parts: readonly string[], table: SqlNode, reading: Reading): void => {
  if (isSystemTable(parts, reading)) {
    throw refusePart(reading, 'out-of-scope', table, 'is a system table', 'Read the tables that hold your data.');
  }
  const name = parts.join('.');
  if (special.test(name) || (reading.rules.readsFilesByName && fileName.test(name))) {
    const hint = 'Read {table}, or a table by its plain name.';
    throw refusePart(reading, 'out-of-scope', table, 'would be read as a file or a special table', hint);
  }
};

const isSystemTable = (parts: readonly string[], { rules }: Reading): boolean => {
  const schemas = parts.map((part) => part.toLowerCase());
  const name = schemas.pop() ?? '';
  return (
    schemas.some((schema) => rules.systemSchemas.has(schema)) ||
    rules.systemPrefixes.some((prefix) => name.startsWith(prefix))
  );
};
