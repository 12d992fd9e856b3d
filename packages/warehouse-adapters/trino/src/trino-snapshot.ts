import type { StatementOptions, TableDescription, TableName } from '@aegis/spec';
import { trinoDialectAt } from '@aegis/sql';
import { orUndefined } from './trino-catalogues.js';
import { hiddenTable, type Place, type Surroundings } from './trino-describe.js';
import type { TrinoSession } from './trino-session.js';

const key = (table: TableName): string => JSON.stringify(table);

/** Versions that tables of Iceberg had when they were described last: a run describes each once, whichever snapshots read it. */
export class LastVersions {
  readonly #versions = new Map<string, string | undefined>();

  /** None for tables of other connectors, and none whose columns are others than those of the table: adding a column makes no version. */
  async look(
    { table, columns }: TableDescription,
    place: Place,
    { session, catalogues }: Surroundings,
    options?: StatementOptions,
  ): Promise<void> {
    const isIceberg = (await catalogues.connectorOf(place.catalog, options)) === 'iceberg';
    const version = isIceberg ? await versionOf(place, session, options) : undefined;
    const names = version === undefined ? undefined : await namesIn(version, table, session, options);
    const isSame = names?.join() === columns.map(({ name }) => name).join();
    this.#versions.set(key(table), isSame ? version : undefined);
  }

  /** The dialect of one snapshot: what it once read of a table, it goes on reading. */
  dialect(): ReturnType<typeof trinoDialectAt> {
    const fixed = new Map<string, string | undefined>();
    return trinoDialectAt((table) => {
      const name = key(table);
      if (!fixed.has(name)) fixed.set(name, this.#versions.get(name));
      return fixed.get(name);
    });
  }
}

const versionOf = async (
  place: Place,
  session: TrinoSession,
  options?: StatementOptions,
): Promise<string | undefined> => {
  const sql = `SELECT snapshot_id FROM ${hiddenTable(place, 'refs')} WHERE name = 'main'`;
  const answer = await orUndefined(session.run(sql, 1, options));
  const [version = null] = answer?.rows[0] ?? [];
  return version === null ? undefined : String(version);
};

const namesIn = async (
  version: string,
  table: TableName,
  session: TrinoSession,
  options?: StatementOptions,
): Promise<readonly string[] | undefined> => {
  const sql = `SELECT * FROM ${trinoDialectAt(() => version).relation(table)} LIMIT 0`;
  return (await orUndefined(session.run(sql, 1, options)))?.names;
};
