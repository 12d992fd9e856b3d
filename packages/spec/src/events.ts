import type { Report } from './report.js';
import type { RuleResult } from './result.js';

/** Progress of a run, in order of happening. Tables interleave. */
export type RunEvent =
  | { readonly type: 'run_started'; readonly runId: string; readonly rules: number; readonly tables: readonly string[] }
  | { readonly type: 'table_started'; readonly table: string; readonly rules: number }
  | { readonly type: 'statement_finished'; readonly table: string; readonly durationMs: number }
  | { readonly type: 'rule_finished'; readonly table: string; readonly result: RuleResult }
  | { readonly type: 'table_finished'; readonly table: string; readonly durationMs: number }
  /** What a comparison between two warehouses has found so far, after each of its rounds. */
  | {
      readonly type: 'comparison_progress';
      readonly table: string;
      readonly ruleId: string;
      readonly step: 'counted' | 'checksums' | 'rows';
      /** Of both sides, before anything is left out. */
      readonly rows: number;
      /** Buckets of the latest round, and how many of them differ. */
      readonly buckets: number;
      readonly differing: number;
      /** Rows that were fetched from both sides. */
      readonly rowsRead: number;
    }
  /** A step of the pipeline, e.g. `reconcile`; `table` where it belongs to one. */
  | {
      readonly type: 'step_finished';
      readonly node: string;
      readonly table: string | null;
      readonly durationMs: number;
    }
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'run_finished'; readonly report: Report };
