export type { EvidenceOptions, FailedRule } from './evidence/failed-rule.js';
export type { GatheredEvidence } from './evidence/gather-evidence.js';
export { gatherEvidence } from './evidence/gather-evidence.js';
export { executeTable } from './execute/execute-table.js';
export { changeTarget } from './execute/proposed-fix.js';
export type { ResultContext } from './execute/result.js';
export { errorResult, resultErrorOf } from './execute/result.js';
export type { ExplainOptions } from './explain.js';
export { explainReconcile, explainTable } from './explain.js';
export { Catalog } from './plan/catalog.js';
export { nearestName } from './plan/names.js';
export type { PlanOptions } from './plan/plan-run.js';
export { planRun } from './plan/plan-run.js';
export { otherTable } from './plan/prepare.js';
export { scopePlaceholder } from './plan/scoped-query.js';
export type { BucketLimits } from './reconcile/across/limits.js';
export { executeReconcile } from './reconcile/execute-reconcile.js';
export type { ReconcileNames } from './reconcile/sides.js';
export type {
  ExecuteOptions,
  PlannedStatement,
  PlannedTable,
  ProposedFix,
  ReconcileSides,
  RunPlan,
  ShownFailure,
  SqlGuard,
  TableTask,
  TaskOutcome,
} from './types.js';
