import { withLineageTables } from '@aegis/project';
import type { Effects } from '@aegis/project/program';
import { GuardError, LineageError, WarehouseError } from '@aegis/spec';
import type { Call } from './call.js';

type Package = Pick<typeof import('@aegis/lineage-ai'), 'LineageToolbox'>;
type Toolbox = InstanceType<Package['LineageToolbox']>;
type Result<Value> =
  Awaited<ReturnType<Toolbox['queryTable']>> extends infer Each
    ? Each extends { readonly ok: true }
      ? { readonly ok: true; readonly value: Value }
      : Each
    : never;

/** The package that looks at tables of a lineage graph; installed only where someone wants it. */
export const loadToolbox = async ({ importFrom, cwd }: Effects): Promise<Package | undefined> => {
  const module = await importFrom('@aegis/lineage-ai', [cwd]).catch(() => undefined);
  return isPackage(module) ? module : undefined;
};

const isPackage = (module: unknown): module is Package =>
  typeof module === 'object' && module !== null && 'LineageToolbox' in module;

/** An answer is a part of a model's context. */
const limits = { maxResultBytes: 24_000, maxRows: 1000 };

/**
 * A look with the toolbox. Its scope is the server's: the graph and the warehouse that were configured.
 * @throws GuardError, LineageError, WarehouseError for what the toolbox refuses
 */
export const lookWith = async <Value>(
  { options, effects }: Call,
  showsValues: boolean,
  look: (toolbox: Toolbox) => Promise<Result<Value>>,
): Promise<Value> => {
  const { lineage, history, db, warehouse } = options;
  const flags = { lineage, history, db, warehouse, showsValues };
  const found = await loadToolbox(effects);
  if (!found) throw new LineageError('not-found', '@aegis/lineage-ai is not installed');
  const result = await withLineageTables(flags, effects, (tables) =>
    look(new found.LineageToolbox(tables.graph, { ...tables, limits })),
  );
  if (result.ok) return result.value;
  throw refusals[result.error.kind](result.error.message);
};

type Kind = Extract<Result<never>, { readonly ok: false }>['error']['kind'];

const refusals: { readonly [kind in Kind]: (message: string) => Error } = {
  not_select: (message) => new GuardError('not-select', message),
  out_of_scope: (message) => new GuardError('out-of-scope', message),
  not_found: (message) => new LineageError('not-found', message),
  not_live: (message) => new LineageError('not-found', message),
  invalid_arguments: (message) => new LineageError('invalid', message),
  failed: (message) => new WarehouseError('unknown', message),
};
