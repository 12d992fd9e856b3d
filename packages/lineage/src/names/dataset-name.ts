import { canonicalNamespace, engineOf, isStorage, isStream } from './namespace.js';
import { isFileName, joinParts, partsKey, splitParts } from './parts.js';

/** A dataset as one source names it. */
export interface DatasetName {
  /** In its canonical form; empty where the source does not say where the dataset lives. */
  readonly namespace: string;
  readonly name: string;
  /** Catalog, schema and table, as many as the name has; a file has its path as the only one. */
  readonly parts: readonly string[];
  readonly kind: 'table' | 'file' | 'other';
  /** What the default schema is looked up by, e.g. `postgres`; `undefined` where unknown. */
  readonly engine: string | undefined;
}

const remembered = new Map<string, Map<string, DatasetName>>();
const mostRemembered = 200_000;
let rememberedCount = 0;

/** A name as OpenLineage gives it. Sources repeat names over and over, so that the last ones are remembered. */
export const locatedName = (namespace: string, name: string): DatasetName => {
  const known = remembered.get(namespace)?.get(name);
  return known ?? remember(namespace, name, readName(namespace, name));
};

const remember = (namespace: string, name: string, read: DatasetName): DatasetName => {
  if (rememberedCount++ > mostRemembered) {
    remembered.clear();
    rememberedCount = 0;
  }
  const names = remembered.get(namespace) ?? new Map<string, DatasetName>();
  remembered.set(namespace, names.set(name, read));
  return read;
};

const readName = (namespace: string, name: string): DatasetName => {
  const canonical = canonicalNamespace(namespace.trim());
  if (canonical === '') return floatingName(name);
  if (engineOf(canonical) === 'file') return fileName(name);
  const kind = kindOf(canonical, name);
  const clean = kind === 'file' ? name.replace(/^\/+/, '') : name;
  const parts = kind === 'table' ? splitParts(name) : [clean];
  if (parts.length === 0)
    return { namespace: canonical, name, parts: [name], kind: 'other', engine: engineOf(canonical) };
  return { namespace: canonical, name: clean, parts, kind, engine: engineOf(canonical) };
};

const kindOf = (namespace: string, name: string): DatasetName['kind'] => {
  if (isStream(namespace)) return 'other';
  return isStorage(namespace) || name.startsWith('/') ? 'file' : 'table';
};

/** A table of which only the parts are known, as SQL and dbt have them. */
export const tableName = (parts: readonly string[], engine?: string): DatasetName => {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && isFileName(only)) return fileName(only);
  return { namespace: '', name: joinParts(parts), parts, kind: 'table', engine };
};

export const fileName = (path: string): DatasetName => {
  const clean = path
    .replaceAll('\\', '/')
    .replace(/^file:(?:\/\/)?(?=\/)/, '')
    .replace(/(?:^|(?<=\/))\.\//g, '');
  return { namespace: 'file', name: clean, parts: [clean], kind: 'file', engine: 'file' };
};

const floatingName = (text: string): DatasetName => (isFileName(text) ? fileName(text) : tableName(splitParts(text)));

const urlName = /^([a-z][a-z0-9+.-]+:\/\/[^/]*)\/?(.*)$/is;

/** A name as people and rules write it: `postgres://host/db.schema.table`, `schema.table`, a path. */
export const parseDatasetName = (text: string): DatasetName => {
  const trimmed = text.trim();
  const [, namespace, name] = urlName.exec(trimmed) ?? [];
  if (namespace?.toLowerCase().startsWith('file:')) return fileName(trimmed);
  return namespace !== undefined && name !== undefined && name !== ''
    ? locatedName(namespace, name)
    : floatingName(trimmed);
};

/** What tells names apart; names with equal keys are one dataset. */
export const nameKey = ({ namespace, name, parts, kind }: DatasetName): string =>
  kind === 'table' ? `${namespace}\n${partsKey(parts)}` : `${namespace}\n/${name}`;

/** The name with its namespace, as people may type it. */
export const fullName = ({ namespace, name }: Pick<DatasetName, 'namespace' | 'name'>): string => {
  if (namespace === '' || namespace === 'file') return name;
  return `${namespace}/${name.replace(/^\//, '')}`;
};
