import type { DebugAnswer, DebugEvent, LineageExplanation } from '@aegis/spec';
import type { ModelFlags } from '../ports/choose-model.js';
import type { WarehouseFlags } from '../warehouses/warehouse-names.js';
import type { ExploreOptions } from './explore-lineage.js';

export interface ExplainTableOptions extends ExploreOptions, WarehouseFlags, ModelFlags {
  /** As rules and sources of lineage name it. */
  readonly table: string;
  /** Default: how it is made. */
  readonly question?: string | undefined;
  /** Told which model is asked, before it is. */
  readonly onModel?: ((model: string) => void) | undefined;
}

export interface DebugTableOptions extends ExplainTableOptions {
  readonly question: string;
  /** Default 10. */
  readonly maxIterations?: number | undefined;
  /** Of one statement. Default: 30 seconds. */
  readonly timeoutMs?: number | undefined;
  readonly onEvent?: ((event: DebugEvent) => void) | undefined;
}

/** What an answer comes with. */
export interface Asked {
  /** Unique name of the table in the graph. */
  readonly table: string;
  readonly question: string | null;
  /** `provider/model`. */
  readonly model: string;
  /** In the audit trail. */
  readonly runId: string;
  readonly notes: readonly string[];
}

export type ExplainedTable = Asked & LineageExplanation;
export type DebuggedTable = Asked & DebugAnswer;
