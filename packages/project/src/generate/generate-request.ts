import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ModelRuntime } from '@aegis/llm';
import { loadProject, type Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { checkNew } from '../output/output-file.js';
import { type RunMasking, runMasking } from '../redaction/run-masking.js';
import { type WarehouseNames, warehouseNames } from '../warehouses/warehouse-names.js';
import { type BusinessDocument, readDocuments } from './documents/read-documents.js';
import { type ExistingRules, readExistingRules } from './existing-rules.js';
import type { GenerateOptions } from './generate-options.js';
import { findTarget, type KnownTable, siblingFiles } from './table-target.js';

/** Opens the model that was named; `undefined` where none was. */
export type OpenRuntime = (
  options: GenerateOptions,
  project: Project,
  effects: Effects,
) => Promise<ModelRuntime | undefined>;

/** What was asked for, with everything read that can be wrong before the warehouse is. */
export interface GenerateRequest {
  readonly options: GenerateOptions;
  readonly project: Project;
  readonly names: WarehouseNames;
  readonly target: KnownTable;
  /** Data files beside it. */
  readonly siblings: readonly KnownTable[];
  /** Where relative paths in the rules start. */
  readonly rulesFolder: string;
  /** Absolute. */
  readonly output: string | undefined;
  readonly documents: readonly BusinessDocument[];
  readonly existing: ExistingRules;
  readonly runtime: ModelRuntime | undefined;
  readonly masking: RunMasking;
}

/** @throws ConfigError, RuleError, PlanError for what is wrong with the command line and the files that it names */
export const readRequest = async (
  options: GenerateOptions,
  effects: Effects,
  openRuntime: OpenRuntime,
): Promise<GenerateRequest> => {
  const { cwd } = effects;
  const output = options.output === undefined ? undefined : resolve(cwd, options.output);
  const rulesFolder = await folderOf(output, cwd);
  const target = await findTarget(options.table, cwd, rulesFolder);
  const documents = await readDocuments(options.documents ?? [], cwd);
  if (output !== undefined) await checkNew(output, options);
  const project = await loadProject(options, effects);
  const names = warehouseNames(project, options, cwd);
  const places = { paths: options.rules, projectFolder: project.directory, cwd, replaced: output };
  const existing = await readExistingRules(target.table, names, places);
  const runtime = await openRuntime(options, project, effects);
  const masking = runMasking(project.config, undefined, effects.secrets);
  const siblings = await siblingFiles(target, rulesFolder);
  return { options, project, names, target, siblings, rulesFolder, output, documents, existing, runtime, masking };
};

/** Paths in rules start from their file; a device or pipe has no place of its own. */
const folderOf = async (output: string | undefined, cwd: string): Promise<string> => {
  if (output === undefined) return cwd;
  const found = await stat(output).catch(() => undefined);
  return found && !found.isFile() ? cwd : dirname(output);
};
