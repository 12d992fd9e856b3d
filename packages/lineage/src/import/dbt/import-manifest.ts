import type { DatasetColumn, DatasetKind } from '../../graph/types.js';
import { type DatasetName, tableName } from '../../names/dataset-name.js';
import type { ImportTarget } from '../import-target.js';
import { parserNameOf } from '../parser-names.js';
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { catalogColumns } from './catalog.js';
import { isEphemeral, type ManifestNode, manifestNode, materialization, relationOf } from './manifest-node.js';
import { sqlOfNode } from './node-sql.js';
import { References } from './references.js';

/** Told by its structure, since versions come and go. */
export const isManifest = (value: unknown): value is JsonRecord =>
  isRecord(value) && isRecord(value.nodes) && isRecord(value.metadata) && !('errors' in value && !('macros' in value));

/** Models, sources, seeds, snapshots and exposures of a dbt manifest; everything else that it holds is noted. */
export const importManifest = (manifest: JsonRecord, target: ImportTarget, catalog: unknown): void =>
  new ManifestImport(manifest, target, catalogColumns(catalog)).run();

const datasetTypes: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'source']);

/** Parts of a manifest that hold nodes which others may depend on. */
const nodeLists = ['nodes', 'sources', 'exposures', 'metrics', 'semantic_models', 'saved_queries'] as const;

class ManifestImport {
  readonly #nodes: ReadonlyMap<string, ManifestNode>;
  readonly #adapter: string | undefined;
  readonly #references: References;
  readonly #datasets = new Map<string, number>();

  constructor(
    readonly manifest: JsonRecord,
    readonly target: ImportTarget,
    readonly columns: ReadonlyMap<string, readonly DatasetColumn[]>,
  ) {
    this.#adapter = textOf(recordOf(manifest.metadata).adapter_type);
    this.#nodes = new Map(
      nodeLists
        .flatMap((list) => Object.entries(recordOf(manifest[list])))
        .map(([id, node]) => [id, manifestNode(id, node)]),
    );
    this.#references = new References(this.#nodes.values());
  }

  run(): void {
    const nodes = [...this.#nodes.values()];
    for (const node of nodes.filter(({ type }) => datasetTypes.has(type))) this.#addDataset(node);
    for (const node of nodes.filter(({ type }) => datasetTypes.has(type) && type !== 'source'))
      this.#addOperation(node);
    for (const node of nodes.filter(({ type }) => type === 'exposure')) this.#addExposure(node);
    this.#noteTheRest(nodes);
  }

  #addDataset(node: ManifestNode): void {
    if (isEphemeral(node)) return;
    const name = relationOf(node, this.#adapter);
    if (!name) {
      this.target.builder.problems.problem(this.#place(node), 'it has no relation in the warehouse');
      return;
    }
    const facts = { kind: kindOf(node, name), label: node.id, columns: this.columns.get(node.id) ?? [] };
    this.#datasets.set(node.id, this.target.builder.dataset(name, this.target.source, facts));
  }

  #addOperation(node: ManifestNode): void {
    const output = this.#datasets.get(node.id);
    const name = relationOf(node, this.#adapter);
    if (output === undefined || !name) return;
    this.target.builder.operation({
      ...{ namespace: 'dbt', name: node.id, origin: 'dbt', kind: node.type === 'seed' ? 'copy' : 'model' },
      ...{ inputs: this.#behind(node.dependsOn), outputs: [output] },
      ...(node.type === 'model' || node.type === 'snapshot' ? this.#sql(node, name) : {}),
    });
  }

  #sql(node: ManifestNode, self: DatasetName): { readonly sql?: string; readonly parserName?: string } {
    if (textOf(node.record.language) === 'python') return this.#withoutSql(node, 'it is written in Python');
    const find = (kind: 'ref' | 'source', words: readonly string[]) => this.#find(kind, words);
    const { sql, isCompiled } = sqlOfNode(node, find, self);
    if (sql === null) return this.#withoutSql(node, 'it is not compiled: run dbt compile');
    if (!isCompiled) this.#note('models are not compiled; their references were filled in from raw SQL', node);
    const parserName = parserNameOf(this.#adapter) ?? this.target.parserName;
    return { sql, parserName };
  }

  #withoutSql(node: ManifestNode, why: string): object {
    this.target.builder.problems.problem(this.#place(node), `the columns of the model are not known: ${why}`);
    return {};
  }

  #find(kind: 'ref' | 'source', words: readonly string[]): DatasetName | undefined {
    const node = this.#references.find(kind, words);
    return node && !isEphemeral(node) ? relationOf(node, this.#adapter) : undefined;
  }

  #addExposure({ id, record, dependsOn }: ManifestNode): void {
    const name = textOf(record.name) ?? id;
    const exposure = this.target.builder.dataset(
      { ...tableName([name]), namespace: 'dbt', name, kind: 'other' },
      this.target.source,
      { kind: 'exposure', label: id },
    );
    this.target.builder.operation({
      ...{ namespace: 'dbt', name: id, kind: 'job', origin: 'dbt' },
      ...{ inputs: this.#behind(dependsOn), outputs: [exposure] },
    });
  }

  /** Datasets of nodes, seen through what is none: ephemeral models, metrics, semantic models. */
  #behind(ids: readonly string[], seen: Set<string> = new Set()): readonly number[] {
    const found = ids.filter((id) => !seen.has(id)).flatMap((id) => this.#datasets.get(id) ?? this.#through(id, seen));
    return [...new Set(found)];
  }

  #through(id: string, seen: Set<string>): readonly number[] {
    seen.add(id);
    const node = this.#nodes.get(id);
    const place = `${this.target.source} ${id}`;
    if (!node) this.target.builder.problems.problem(place, 'is depended on and is not in the manifest');
    return this.#behind(node?.dependsOn ?? [], seen);
  }

  #noteTheRest(nodes: readonly ManifestNode[]): void {
    const { unit_tests: unitTests, disabled, functions } = this.manifest;
    const others = Object.groupBy(
      nodes.filter(({ type }) => !datasetTypes.has(type) && type !== 'exposure'),
      ({ type }) => type,
    );
    for (const [type, found] of Object.entries(others)) this.#noteCount(type, found?.length ?? 0);
    for (const [type, found] of Object.entries({ unit_test: unitTests, disabled, function: functions }))
      this.#noteCount(type, Math.max(Object.keys(recordOf(found)).length, listOf(found).length));
    this.#noteCount('ephemeral model', nodes.filter(isEphemeral).length);
  }

  #noteCount(type: string, count: number): void {
    if (count === 0) return;
    const nodes = `${count} ${type.replaceAll('_', ' ')} node${count === 1 ? ' has' : 's have'}`;
    this.target.builder.problems.note(this.target.source, `${nodes} no table, and no place in lineage`);
  }

  #note(message: string, _node: ManifestNode): void {
    this.target.builder.problems.note(this.target.source, message);
  }

  #place({ id }: ManifestNode): string {
    return `${this.target.source} ${id}`;
  }
}

const kindOf = (node: ManifestNode, { kind }: DatasetName): DatasetKind => {
  if (kind === 'file') return 'file';
  return node.type === 'model' && materialization(node) === 'view' ? 'view' : 'table';
};
