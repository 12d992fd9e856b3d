import type { OperationKind } from '../../graph/types.js';
import { type DatasetName, tableName } from '../../names/dataset-name.js';
import type { SqlTableName, StatementLineage } from '../../sql/types.js';
import type { ImportTarget } from '../import-target.js';
import type { SqlLineage } from '../sql-lineage.js';
import { engineOfParser } from './engines.js';

/** SQL files share one context: what one of them calls `orders` the others do too. */
export const sqlContext = (parserName: string): string => `sql ${parserName}`;

/**
 * Takes the statements of one SQL text into the graph, in their order. Columns follow when all sources are read, because
 * what `*` stands for may be in any of them.
 */
export const importSql = async (text: string, target: ImportTarget, lineageOfSql: SqlLineage): Promise<void> => {
  const { parserName, source, builder } = target;
  try {
    const statements = await lineageOfSql(text, { parserName });
    const ordinals = new Map<string, number>();
    for (const statement of statements) importStatement(statement, target, ordinals);
  } catch (error) {
    builder.problems.problem(source, `the SQL cannot be read: ${messageOf(error)}`);
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const importStatement = (
  { kind, sql, output, inputs, unresolved }: StatementLineage,
  { builder, source, parserName }: ImportTarget,
  ordinals: Map<string, number>,
): void => {
  if (unresolved !== undefined) builder.problems.problem(source, `${firstWords(sql)} …: ${unresolved}`);
  if (output === null || kind === 'select' || kind === 'other') {
    if (kind === 'select') builder.problems.note(source, 'SELECT statements that make no table are left out');
    else if (unresolved === undefined) builder.problems.note(source, `a statement is left out: ${firstWords(sql)}`);
    return;
  }
  const dataset = (parts: SqlTableName): number =>
    builder.dataset(nameOf(parts, parserName), sqlContext(parserName), parts === output ? { kind: madeBy(kind) } : {});
  const [written, read] = [dataset(output), inputs.map(dataset)];
  for (const gone of goneAfter(kind, written, read)) builder.dropped(gone, null);
  builder.operation({
    ...{ namespace: source, name: operationName(kind, output, ordinals), kind, origin: 'sql' },
    ...(kind === 'drop' ? { inputs: [], outputs: [] } : { inputs: read, outputs: [written] }),
    ...{ sql, parserName },
  });
};

const goneAfter = (kind: OperationKind, written: number, read: readonly number[]): readonly number[] => {
  if (kind === 'drop') return [written];
  return kind === 'rename' ? read.filter((each) => each !== written) : [];
};

export const nameOf = (parts: SqlTableName, parserName: string): DatasetName =>
  tableName(parts, engineOfParser(parserName));

/** Only what creates a table says what it is: a view may be inserted into. */
/** What a statement of a kind says of its output. */
export const madeBy = (kind: OperationKind): 'view' | 'table' | undefined => {
  if (kind === 'create_view') return 'view';
  return kind === 'create_table' || kind === 'create_table_as' ? 'table' : undefined;
};

const firstWords = (sql: string): string => sql.trim().split(/\s+/).slice(0, 4).join(' ').slice(0, 60);

/** Told apart within one text only where the same thing is done twice. */
const operationName = (kind: OperationKind, output: SqlTableName, ordinals: Map<string, number>): string => {
  const name = `${kind} ${output.join('.')}`;
  const count = (ordinals.get(name) ?? 0) + 1;
  ordinals.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
};
