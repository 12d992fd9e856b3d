import { describeAuditStore } from './__kit__/audit-store-kit.js';
import { memoryAuditStore } from './memory-audit-store.js';

describeAuditStore('memory audit store', (clock) => memoryAuditStore({ clock }));
