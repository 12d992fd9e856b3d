import { ConfigError } from '@aegis/spec';
import { type ManifestNode, manifestSchema, nodeSchema } from './node-schema.js';

/** The manifest of a dbt project, as far as checks on data are concerned. */
export interface Manifest {
  /** Models, seeds, snapshots and sources, by their unique ids. */
  readonly relations: ReadonlyMap<string, ManifestNode>;
  /** Tests on data, in the order of the manifest. */
  readonly tests: readonly ManifestNode[];
  /** Everything that is disabled, by unique id. */
  readonly disabled: ReadonlyMap<string, ManifestNode>;
  /** Unique ids. */
  readonly unitTests: readonly string[];
  /** Unique ids of what is no node at all. */
  readonly unreadable: readonly string[];
  /** Owners of groups, by the name of the group. */
  readonly groupOwners: ReadonlyMap<string, unknown>;
  /** The package that is the project itself. */
  readonly projectName: string | undefined;
  readonly dbtVersion: string | undefined;
  /** What the reader should know, e.g. that the version is a later one. */
  readonly notes: readonly string[];
}

/** V8 holds no longer text. */
const longestText = 2 ** 29 - 25;

/**
 * Reads a manifest by its structure: v1 to v12, those of dbt Fusion, and later ones where they look alike.
 * @throws ConfigError `invalid` for a text that is no manifest
 */
export const readManifest = (text: string, file: string): Manifest => {
  const { metadata, ...parsed } = parseManifest(text, file);
  const nodes = readNodes(parsed.nodes);
  const sources = readNodes(parsed.sources);
  const all = [...nodes.read, ...sources.read];
  return {
    relations: new Map(all.filter(({ resource_type: type }) => isRelation(type)).map((node) => [node.unique_id, node])),
    tests: nodes.read.filter(({ resource_type: type }) => isTest(type)),
    disabled: new Map(disabledNodes(parsed.disabled).map((node) => [node.unique_id, node])),
    unitTests: Object.keys(parsed.unit_tests),
    unreadable: [...nodes.unreadable, ...sources.unreadable],
    groupOwners: new Map(Object.values(parsed.groups).flatMap(groupOwner)),
    projectName: metadata.project_name ?? commonest(nodes.read.map(({ package_name: name }) => name)),
    dbtVersion: metadata.dbt_version,
    notes: versionNotes(metadata.dbt_schema_version),
  };
};

const isTest = (type: string): boolean => type === 'test' || type === 'data_test';

const isRelation = (type: string): boolean => ['model', 'seed', 'snapshot', 'source'].includes(type);

const parseManifest = (text: string, file: string) => {
  const value = parseJson(text, file);
  const other = otherArtifact(value);
  if (other !== undefined) throw notManifest(file, `is ${other} of dbt, not its manifest`);
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw notManifest(file, 'is no dbt manifest: it has no nodes');
  return parsed.data;
};

const parseJson = (text: string, file: string): unknown => {
  if (text.length > longestText) throw notManifest(file, 'is too large to be read');
  if (text.trim() === '') throw notManifest(file, 'is empty');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw notManifest(file, 'is no dbt manifest: it is not JSON', cause);
  }
};

const notManifest = (file: string, fault: string, cause?: unknown): ConfigError =>
  new ConfigError('invalid', `${file} ${fault}`, {
    hint: 'Name target/manifest.json of a dbt project; `dbt compile` writes it.',
    ...(cause !== undefined && { cause }),
  });

const artifacts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\/catalog\//, 'a catalog'],
  [/\/run-results\//, 'the results of a run'],
  [/\/sources\//, 'the freshness of sources'],
  [/\/semantic_manifest\//, 'a semantic manifest'],
];

const otherArtifact = (value: unknown): string | undefined => {
  const version = manifestSchema.shape.metadata.safeParse(isRecord(value) ? value.metadata : undefined).data;
  return artifacts.find(([pattern]) => pattern.test(version?.dbt_schema_version ?? ''))?.[1];
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readNodes = (entries: Readonly<Record<string, unknown>>) => {
  const read: ManifestNode[] = [];
  const unreadable: string[] = [];
  for (const [id, value] of Object.entries(entries)) {
    const node = readNode(id, value);
    if (node) read.push(node);
    else unreadable.push(id);
  }
  return { read, unreadable };
};

const readNode = (id: string, value: unknown): ManifestNode | undefined => {
  if (!isRecord(value)) return undefined;
  const node = nodeSchema.parse(value);
  const [type = '', , ...name] = id.split('.');
  return {
    ...node,
    unique_id: node.unique_id ?? id,
    resource_type: (node.resource_type ?? type).toLowerCase(),
    name: node.name ?? name.join('.'),
  };
};

/** By unique id a list of versions of it; before dbt 0.21 one list of all. */
const disabledNodes = (disabled: Readonly<Record<string, unknown>> | readonly unknown[]): readonly ManifestNode[] =>
  (Array.isArray(disabled) ? disabled.map((value) => ['', value] as const) : Object.entries(disabled)).flatMap(
    ([id, value]) => [value].flat().flatMap((each) => readNode(idOf(id, each), each) ?? []),
  );

const idOf = (id: string, value: unknown): string =>
  isRecord(value) && typeof value.unique_id === 'string' ? value.unique_id : id;

const groupOwner = (group: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(group) && typeof group.name === 'string' ? [[group.name, group.owner]] : [];

const commonest = (names: readonly (string | undefined)[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
};

/** 13 to 19 do not exist: dbt Fusion went on with 20. */
const newestVersion = 20;

const versionNotes = (schemaVersion: string | undefined): readonly string[] => {
  const version = Number(/manifest\/v(\d+)/.exec(schemaVersion ?? '')?.[1] ?? 0);
  if (version <= newestVersion) return [];
  return [
    `The manifest is of version ${version}, later than any known here (${newestVersion}); it was read by its structure.`,
  ];
};
