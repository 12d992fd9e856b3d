import { ConfigError, type SourceLocation, type WarehouseAdapter } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { nearest } from '../suggest.js';

/** Types that are published as `@aegis/warehouse-<type>`; only for suggestions, any other type is looked up the same way. */
const publishedWarehouseTypes = ['athena', 'bigquery', 'databricks', 'duckdb', 'postgres', 'trino'] as const;

export interface AdapterRequest {
  /** `type` as configured: a short type, a package name, or a path. */
  readonly type: string;
  /** Folders to resolve from, nearest first. */
  readonly folders: readonly string[];
  /** Where the type was written. */
  readonly location?: SourceLocation | undefined;
}

/**
 * Finds the adapter of a warehouse type by convention.
 * @throws ConfigError `missing-adapter` with the install command, or when what was found is not an adapter
 */
export const loadWarehouseAdapter = async (
  request: AdapterRequest,
  { importFrom }: Pick<Effects, 'importFrom'>,
): Promise<WarehouseAdapter> => {
  for (const specifier of adapterSpecifiers(request.type)) {
    const found = await importNamed(specifier, request, importFrom);
    if (found !== undefined) return adapterWithin(found, specifier, request);
  }
  throw notInstalled(request);
};

/** Where an adapter of this type may be, most likely first. */
export const adapterSpecifiers = (type: string): readonly string[] => {
  const own = adapterPackage(type);
  return own === type ? [type] : [own, type];
};

/** The package that a type most likely means: a short type is one of ours, anything with a slash is taken as it is. */
export const adapterPackage = (type: string): string => (type.includes('/') ? type : `@aegis/warehouse-${type}`);

const importNamed = async (
  specifier: string,
  { folders, location }: AdapterRequest,
  importFrom: Effects['importFrom'],
): Promise<unknown> => {
  try {
    return await importFrom(specifier, folders);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError('missing-adapter', `the adapter ${specifier} is installed but does not load: ${reason}`, {
      location,
      cause,
    });
  }
};

const adapterWithin = (module: unknown, specifier: string, { location }: AdapterRequest): WarehouseAdapter => {
  const adapter = typeof module === 'object' && module !== null && 'adapter' in module ? module.adapter : undefined;
  if (isWarehouseAdapter(adapter)) return adapter;
  throw new ConfigError('missing-adapter', `${specifier} is not a warehouse adapter`, {
    hint: "It must export adapter with contract 'warehouse/v1'.",
    location,
  });
};

const isWarehouseAdapter = (value: unknown): value is WarehouseAdapter =>
  typeof value === 'object' &&
  value !== null &&
  'contract' in value &&
  value.contract === 'warehouse/v1' &&
  'create' in value &&
  typeof value.create === 'function';

const notInstalled = ({ type, location }: AdapterRequest): ConfigError => {
  const published: readonly string[] = publishedWarehouseTypes;
  const suggestion = published.includes(type) ? undefined : nearest(type, published);
  const specifier = adapterPackage(type);
  return new ConfigError('missing-adapter', `there is no adapter for warehouse type "${type}" (${specifier})`, {
    hint: suggestion === undefined ? installHint(specifier) : `Did you mean "${suggestion}"?`,
    location,
  });
};

const installHint = (specifier: string): string =>
  /^[./]/.test(specifier) ? 'The path is relative to the folder of aegis.yaml.' : `Run: npm install ${specifier}`;
