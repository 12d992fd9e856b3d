export type { PortableTypes, SeedSqlOptions } from './seed-sql.js';
export { seedSql } from './seed-sql.js';
export { warehouseConformance } from './warehouse-conformance.js';
export type { SeededNames, SeedTables, WarehouseKit } from './warehouse-kit.js';
