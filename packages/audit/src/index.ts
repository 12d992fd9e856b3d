export type {
  AuditDecision,
  AuditRun,
  AuditRunDetail,
  AuditStep,
  AuditStore,
  ListRunsOptions,
  RunStatus,
  SearchHit,
  SearchOptions,
} from './audit-store.js';
export type { ChainHead, ChainProblem, ChainVerification } from './chain/chain-event.js';
export type { DatasetLine, DatasetOptions, DatasetTurn } from './dataset/dataset-line.js';
export type { MemoryAuditStoreOptions } from './memory-audit-store.js';
export { memoryAuditStore } from './memory-audit-store.js';
export type { AuditStoreOptions } from './open-audit-store.js';
export { openAuditStore } from './open-audit-store.js';
export type { TrajectoryNode } from './trajectory/trajectory-node.js';
