import type { StatementOptions, StatementReport, TableName, Warehouse, WarehouseSnapshot } from '@aegis/spec';

/** What was asked of a warehouse. */
export class Counts {
  describes = 0;
  statistics = 0;
  /** What the warehouse sent by itself to answer those. */
  readonly metadata: string[] = [];
  readonly statements: string[] = [];
  /** What was asked to explain failures, after the rules were judged. */
  readonly evidence: string[] = [];

  keep(sql: string, { label = '' }: StatementOptions = {}): void {
    (label.includes(' evidence=') ? this.evidence : this.statements).push(sql);
  }
}

/** A warehouse that writes down what it is asked, snapshots included, and passes everything on. */
export const counting = (warehouse: Warehouse, counts: Counts): Warehouse => ({
  ...watched(warehouse, counts),
  ...(warehouse.snapshot && {
    snapshot: async (options?: StatementOptions): Promise<WarehouseSnapshot> => {
      const snapshot = await warehouse.snapshot?.(options);
      if (!snapshot) throw new Error('the warehouse takes snapshots');
      return {
        ...watched(snapshot, counts),
        consistency: snapshot.consistency,
        release: () => snapshot.release(),
      };
    },
  }),
});

const watched = (warehouse: Warehouse, counts: Counts): Warehouse => ({
  contract: warehouse.contract,
  dialect: warehouse.dialect,
  capabilities: warehouse.capabilities,
  connect: () => warehouse.connect(),
  executeScalar: (sql, options) => {
    counts.keep(sql, options);
    return warehouse.executeScalar(sql, options);
  },
  executeSample: (sql, limit, options) => {
    counts.keep(sql, options);
    return warehouse.executeSample(sql, limit, options);
  },
  ...(warehouse.describe && {
    describe: async (table: TableName, options?: StatementOptions) => {
      counts.describes += 1;
      return warehouse.describe?.(table, overheard(options, counts));
    },
  }),
  ...(warehouse.statistics && {
    statistics: async (table: TableName, options?: StatementOptions) => {
      counts.statistics += 1;
      return warehouse.statistics?.(table, overheard(options, counts));
    },
  }),
});

const overheard = (options: StatementOptions | undefined, { metadata }: Counts): StatementOptions => ({
  ...options,
  onStatement: (report: StatementReport) => {
    metadata.push(report.sql?.trim() ?? '');
    options?.onStatement?.(report);
  },
});
