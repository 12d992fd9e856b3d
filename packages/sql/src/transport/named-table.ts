import { PlanError, type TableName } from '@aegis/spec';

/** A table of a catalogue, as against a data file. */
export type NamedTable = Extract<TableName, { kind: 'named' }>;

/** @throws PlanError `unsupported` for a data file, which `engine` does not read */
export const namedTable = (table: TableName, engine: string): NamedTable => {
  if (table.kind === 'named') return table;
  throw new PlanError('unsupported', `${engine} cannot read the file ${table.path} in place`, {
    hint: 'Name a table, or check the file with a duckdb warehouse.',
  });
};
