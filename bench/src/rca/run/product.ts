import { createPipeline } from '@aegis/core';
import type { AuditPort, History, Lineage, Report, Rule } from '@aegis/spec';
import { loadGuard } from '@aegis/sql/guard';
import { duckdb } from '@aegis/warehouse-duckdb';

export interface ProductRun {
  readonly path: string;
  readonly rules: readonly Rule[];
  readonly now: string;
  readonly history: History;
  /** Where measurements are kept for later runs; absent for runs that nobody looks back at. */
  readonly audit?: AuditPort | undefined;
  readonly lineage?: Lineage | undefined;
  /** Whether baselines of sources are kept and read. */
  readonly baseline: 'auto' | 'off';
}

export interface ProductAnswer {
  readonly report: Report;
  readonly milliseconds: number;
}

/** A run as a user starts it: the rules on the file, with lineage and history. */
export const runProduct = async ({ path, baseline, ...options }: ProductRun): Promise<ProductAnswer> => {
  const warehouse = duckdb({ path });
  const started = performance.now();
  try {
    const pipeline = createPipeline({
      ...options,
      baseline: { mode: baseline },
      warehouses: { duckdb: warehouse },
      defaultWarehouse: 'duckdb',
      loadGuard,
    });
    const report = await pipeline.run();
    return { report, milliseconds: performance.now() - started };
  } finally {
    await warehouse.close?.();
  }
};
