import type { AuditStore } from './audit-store.js';
import { MemoryTables } from './memory/memory-tables.js';
import { TableAuditStore } from './store/table-audit-store.js';

export interface MemoryAuditStoreOptions {
  /** Stamps decisions. Default: the system clock. */
  readonly clock?: (() => Date) | undefined;
}

/** An audit trail without SQLite, for tests and for programs that keep nothing. Behaves as the stored one does. */
export const memoryAuditStore = ({ clock = () => new Date() }: MemoryAuditStoreOptions = {}): AuditStore =>
  new TableAuditStore(new MemoryTables(), clock);
