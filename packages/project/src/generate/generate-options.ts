import type { ModelSpend } from '@aegis/spec';
import type { LoadProjectOptions } from '../config/project.js';
import type { HistoryFlags } from '../history/open-history.js';
import type { ModelFlags } from '../ports/choose-model.js';
import type { WarehouseFlags } from '../warehouses/warehouse-names.js';

export interface GenerateOptions extends WarehouseFlags, ModelFlags, HistoryFlags, LoadProjectOptions {
  /** A table, or a data file relative to the working directory. */
  readonly table: string;
  /** Business documents: text files relative to the working directory. */
  readonly documents?: readonly string[] | undefined;
  /** Default 20. */
  readonly maxRules?: number | undefined;
  /** Rules that are not to be repeated: files and folders. Default: the folder `rules` of the project, if there is one. */
  readonly rules?: readonly string[] | undefined;
  /** Who is asked when a rule fails. Default `data-team`. */
  readonly owner?: string | undefined;
  /** File to write, relative to the working directory. Without one, paths in the rules start from there. */
  readonly output?: string | undefined;
  /** Replaces a file that exists. */
  readonly force?: boolean | undefined;
  /** Per statement. Default: none. */
  readonly timeoutMs?: number | undefined;
  /** Told what is being done, a line each. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** Something that did not become a rule. */
export interface LeftOut {
  readonly what: string;
  readonly reason: string;
}

export interface GeneratedRules {
  /** The rules file, with comments. Empty when nothing was drafted: then nothing was written either. */
  readonly text: string;
  /** Ids in the order of the file. */
  readonly rules: readonly string[];
  /** Those of `rules` that the data violates today: they have the status draft. */
  readonly violated: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  /** `null` without a model. */
  readonly spent: ModelSpend | null;
  /** Whether every question to the model was answered. */
  readonly isComplete: boolean;
  /** In the audit trail. */
  readonly runId: string;
}
