import type { TableDescription, TableName, Warehouse } from '@aegis/spec';

/** A table that is there for the statements of one trial only. */
interface VirtualTable {
  readonly name: string;
  /** The common table expressions that make it, the last one under its name. */
  readonly expressions: string;
  readonly description: TableDescription;
}

export const virtualName = (name: string): TableName => ({ kind: 'named', parts: [name] });

/** The warehouse with one more table, made of a query in front of every statement that names it. */
export const withVirtualTable = (warehouse: Warehouse, { name, expressions, description }: VirtualTable): Warehouse => {
  const { contract, dialect, capabilities, describe, estimate } = warehouse;
  const prefixed = (sql: string): string => {
    if (!sql.includes(name)) return sql;
    const inner = /^\s*WITH\s+(?!RECURSIVE\b)/i.exec(sql);
    return inner ? `WITH ${expressions}, ${sql.slice(inner[0].length)}` : `WITH ${expressions} ${sql}`;
  };
  const isVirtual = (table: TableName) => table.kind === 'named' && table.parts.length === 1 && table.parts[0] === name;
  return {
    ...{ contract, dialect, capabilities },
    connect: () => warehouse.connect(),
    executeScalar: (sql, options) => warehouse.executeScalar(prefixed(sql), options),
    executeSample: (sql, limit, options) => warehouse.executeSample(prefixed(sql), limit, options),
    ...(describe && {
      describe: async (table, options) => (isVirtual(table) ? description : describe.call(warehouse, table, options)),
    }),
    ...(estimate && { estimate: (sql, options) => estimate.call(warehouse, prefixed(sql), options) }),
  };
};
