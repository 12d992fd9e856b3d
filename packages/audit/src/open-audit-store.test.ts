import { describeAuditStore } from './__kit__/audit-store-kit.js';
import { openAuditStore } from './open-audit-store.js';

describeAuditStore('SQLite audit store', (clock) => openAuditStore({ path: ':memory:', clock }));
