import { expectTypeOf } from 'vitest';
import type { Dialect, Row, Support, Warehouse, WarehouseCapabilities } from './index.js';

/** The least that an adapter author writes. */
declare class SmallestWarehouse implements Warehouse {
  readonly contract: 'warehouse/v1';
  readonly dialect: Dialect;
  readonly capabilities: WarehouseCapabilities;
  connect(): Promise<void>;
  executeScalar(sql: string): Promise<string | null>;
  executeSample(sql: string, limit: number): Promise<readonly Row[]>;
}

expectTypeOf<SmallestWarehouse>().toExtend<Warehouse>();
expectTypeOf<Omit<SmallestWarehouse, 'executeScalar'>>().not.toExtend<Warehouse>();
// A capability that is not there says why.
expectTypeOf<{ support: 'full' }>().toExtend<Support>();
expectTypeOf<{ support: 'unsupported' }>().not.toExtend<Support>();
expectTypeOf<boolean>().not.toExtend<Support>();
