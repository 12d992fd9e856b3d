import type { StatementOptions, Warehouse, WarehouseSnapshot } from '@aegis/spec';

/**
 * The same warehouse for what a run can do without: where bytes are limited, it takes what planned statements leave. `onSql`
 * hears of each statement before it is sent; where it throws, the statement is not.
 */
export const optionalWarehouse = (warehouse: Warehouse, onSql: (sql: string) => void): Warehouse => {
  const { snapshot } = warehouse;
  return {
    ...optionalStatements(warehouse, onSql),
    ...(snapshot && {
      snapshot: async (options) => optionalSnapshot(await snapshot.call(warehouse, options), onSql),
    }),
  };
};

const optionalSnapshot = (snapshot: WarehouseSnapshot, onSql: (sql: string) => void): WarehouseSnapshot => ({
  ...optionalStatements(snapshot, onSql),
  consistency: snapshot.consistency,
  release: () => snapshot.release(),
});

const optionalStatements = (warehouse: Warehouse, onSql: (sql: string) => void): Warehouse => {
  const { contract, dialect, capabilities, describe, listTables, statistics, estimate } = warehouse;
  const asked = (sql: string, options: StatementOptions = {}): StatementOptions => {
    onSql(sql);
    return { ...options, isOptional: true };
  };
  return {
    ...{ contract, dialect, capabilities },
    connect: () => warehouse.connect(),
    executeScalar: async (sql, options) => warehouse.executeScalar(sql, asked(sql, options)),
    executeSample: async (sql, limit, options) => warehouse.executeSample(sql, limit, asked(sql, options)),
    ...(describe && { describe: describe.bind(warehouse) }),
    ...(listTables && { listTables: listTables.bind(warehouse) }),
    ...(statistics && { statistics: statistics.bind(warehouse) }),
    ...(estimate && { estimate: estimate.bind(warehouse) }),
  };
};
