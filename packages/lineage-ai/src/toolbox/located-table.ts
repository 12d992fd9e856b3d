import type { JoinedDataset } from '@aegis/lineage';
import type { TableDescription, TableName, Warehouse } from '@aegis/spec';
import type { Liveness } from './results.js';

export type NamedTable = Extract<TableName, { kind: 'named' }>;

/** A dataset of the graph that the warehouse holds now. */
export interface LiveTable {
  readonly liveness: 'live';
  readonly table: NamedTable;
  readonly description: TableDescription;
}

export interface AbsentTable {
  readonly liveness: Exclude<Liveness, 'live'>;
  /** Why its values cannot be read. */
  readonly reason: string;
  /** The warehouse could not say; it may when it is asked again. */
  readonly isFailure?: true | undefined;
}

export type LocatedTable = LiveTable | AbsentTable;

export interface TablePlaces {
  readonly warehouse: Warehouse | undefined;
  /** What the graph calls it. */
  readonly warehouseName: string | undefined;
}

/** Of what a catalogue is asked: opening the connection, on a warehouse that sleeps, takes longer than a query may. */
const describeTimeoutMs = 60_000;

/**
 * Names by which the warehouse may know a dataset, the fullest first. A graph names the catalog of a connection that may have
 * another name for it; schemas are never left out, since a search path would then decide what is read.
 */
export const possibleNames = ({ tableName, kind }: JoinedDataset): readonly (readonly string[])[] => {
  if (tableName?.kind !== 'table' || kind === 'exposure') return [];
  const { parts } = tableName;
  return parts.length > 2 ? [parts, parts.slice(-2)] : [parts];
};

/** Where a dataset is in the warehouse. Never rejects: what the warehouse cannot tell is not known. */
export const locate = async (dataset: JoinedDataset, places: TablePlaces): Promise<LocatedTable> => {
  const absent = absentBefore(dataset, places);
  if (absent) return absent;
  try {
    return (await described(dataset, places)) ?? gone(dataset);
  } catch (error) {
    const reason = `the warehouse could not describe it: ${messageOf(error)}`;
    return { liveness: 'unknown', reason, isFailure: true };
  }
};

const absentBefore = (dataset: JoinedDataset, { warehouse, warehouseName }: TablePlaces): AbsentTable | undefined => {
  if (possibleNames(dataset).length === 0)
    return { liveness: 'not_a_table', reason: 'it is a file, a stream or a dashboard, which the tools do not read' };
  if (dataset.warehouse !== undefined && warehouseName !== undefined && dataset.warehouse !== warehouseName)
    return { liveness: 'elsewhere', reason: `it is in the warehouse "${dataset.warehouse}", and this is another one` };
  if (!warehouse) return { liveness: 'unknown', reason: 'no warehouse is connected' };
  if (!warehouse.describe) return { liveness: 'unknown', reason: 'this warehouse cannot describe tables' };
  return undefined;
};

const described = async (dataset: JoinedDataset, { warehouse }: TablePlaces): Promise<LiveTable | undefined> => {
  for (const parts of possibleNames(dataset)) {
    const description = await warehouse?.describe?.(
      { kind: 'named', parts },
      {
        timeoutMs: describeTimeoutMs,
      },
    );
    if (description) return { liveness: 'live', table: spelled(parts, description), description };
  }
  return undefined;
};

/** As the warehouse spells it, with as many parts as were asked for. */
const spelled = (parts: readonly string[], { table }: TableDescription): NamedTable => ({
  kind: 'named',
  parts: table.kind === 'named' && table.parts.length >= parts.length ? table.parts.slice(-parts.length) : parts,
});

const gone = ({ isDropped }: JoinedDataset): AbsentTable =>
  isDropped
    ? { liveness: 'dropped', reason: 'it was dropped' }
    : { liveness: 'missing', reason: 'the warehouse has no such table' };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
