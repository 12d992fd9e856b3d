import type { TracedDataset, TracedOperation } from '@aegis/spec';
import type { SqlNode, SqlParser } from '@aegis/sql/parse';
import { nodeFields } from '@aegis/sql/parse';
import type { TraceIndex } from '../trace-index.js';
import type { Edit, Editing, EditKind } from './edit.js';
import { identifierName, isKind, placedNodes } from './edit-tree.js';
import { exchangeEdits } from './exchange-edits.js';
import { expressionEdits } from './expression-edits.js';
import { filterEdits } from './filter-edits.js';
import { joinEdits } from './join-edits.js';
import { keepingEdits } from './keeping-edits.js';
import { parsedQuery } from './statement-query.js';
import { windowEdits } from './window-edits.js';

/** A step whose statements can be written anew. */
export interface ReadStep {
  readonly dataset: TracedDataset;
  /** In the order they ran; each with its query. */
  readonly statements: readonly { readonly operation: TracedOperation; readonly query: SqlNode }[];
}

/** A step as it would be without one suspicious part of its statements. */
export interface Candidate extends Pick<Edit, 'rank' | 'column' | 'before' | 'after'> {
  readonly kind: EditKind | 'repeat';
  readonly step: ReadStep;
  /** The first statement that has the part. */
  readonly operation: TracedOperation;
  readonly queries: readonly SqlNode[];
}

/** A filter that would have to be turned around although its text shows no negation: what it leaves out is another table. */
export const isTurnedFilter = ({ kind, rank }: Pick<Candidate, 'kind' | 'rank'>): boolean =>
  kind === 'filter' && rank > 0;

/** The statements that make a dataset; `undefined` where one of them is not known, or does more than write a query's rows. */
export const readStep = (
  dataset: TracedDataset,
  index: TraceIndex,
  parser: SqlParser,
  grammar: string,
): ReadStep | undefined => {
  const statements = index.operationsOf(dataset.id).map((operation) => ({
    operation,
    query: parsedQuery(operation, parser, grammar),
  }));
  const read = statements.flatMap(({ operation, query }) => (query ? [{ operation, query }] : []));
  return read.length === 0 || read.length < statements.length ? undefined : { dataset, statements: read };
};

/** Every part of a step that may be what is wrong with it, the same part of several statements as one. */
export const candidatesOf = (
  step: ReadStep,
  relevant: ReadonlySet<string> | undefined,
  index: TraceIndex,
  render: Editing['render'],
): readonly Candidate[] => {
  const found = new Map<string, { edit: Edit; first: number; byStatement: Map<number, SqlNode> }>();
  for (const [position, { query }] of step.statements.entries()) {
    for (const edit of editsOf({ query, render, relevant, columnsOf: columnsBehind(query, index) })) {
      const key = JSON.stringify([edit.kind, edit.column, edit.before, edit.after]);
      const known = found.get(key) ?? { edit, first: position, byStatement: new Map() };
      if (!known.byStatement.has(position)) known.byStatement.set(position, edit.query);
      found.set(key, known);
    }
  }
  const edited = [...found.values()].flatMap(({ edit, first, byStatement }): readonly Candidate[] => {
    const operation = step.statements[first]?.operation;
    if (isTurnedFilter(edit) && byStatement.size < step.statements.length) return [];
    const queries = step.statements.map(({ query }, position) => byStatement.get(position) ?? query);
    return operation ? [{ ...edit, step, operation, queries }] : [];
  });
  return [...edited, ...repeated(step, render)];
};

const editsOf = (editing: Editing): readonly Edit[] => [
  ...exchangeEdits(editing),
  ...filterEdits(editing),
  ...joinEdits(editing),
  ...keepingEdits(editing),
  ...windowEdits(editing),
  ...expressionEdits(editing),
];

/** A statement that ran before, to the letter: its rows are there twice. */
const repeated = (step: ReadStep, render: Editing['render']): readonly Candidate[] =>
  step.statements.flatMap(({ operation, query }, position): readonly Candidate[] => {
    const text = render(query);
    const isAgain = step.statements.slice(0, position).some((earlier) => render(earlier.query) === text);
    if (!isAgain) return [];
    const queries = step.statements.flatMap((each, other) => (other === position ? [] : [each.query]));
    return [
      { kind: 'repeat', rank: -1, column: null, before: text, after: 'the same, once', step, operation, queries },
    ];
  });

/** Columns of the table behind an alias, as far as lineage knows them. */
const columnsBehind = (query: SqlNode, index: TraceIndex): Editing['columnsOf'] => {
  const tables = [...placedNodes(query)]
    .filter(({ node }) => isKind(node, 'table'))
    .map(({ node }) => nodeFields(node));
  return (alias) => {
    const table = tables.find((each) => [each.alias, each.name].some((name) => identifierName(name) === alias));
    if (!table) return [];
    const parts = [table.schema, table.name].map(identifierName).filter((part) => part !== '');
    const dataset = index.datasets.find((each) => each.table?.kind === 'named' && endsWith(each.table.parts, parts));
    return dataset?.columns ?? [];
  };
};

const endsWith = (parts: readonly string[], end: readonly string[]): boolean =>
  parts.slice(-end.length).join('\0').toLowerCase() === end.join('\0').toLowerCase();
