import { isAegisError } from '@aegis/spec';
import { loadParser, nodeFields, nodeKind, type SqlNode, type SqlParser } from '@aegis/sql/parse';
import { KnownTables } from './known-tables.js';
import { readQuery } from './query.js';
import type { Change, Reader, Scope } from './scope.js';
import { alteredColumns } from './statements/definition.js';
import { asLineage } from './statements/made.js';
import { readStatement } from './statements/read-statement.js';
import { otherForms } from './text/other-forms.js';
import { splitStatements } from './text/split-statements.js';
import type { SqlLineageOptions, StatementLineage } from './types.js';

/**
 * Column lineage of every statement of a text, in order; of a statement that changes several tables, one entry for each.
 * What cannot be told is marked with the reason; a statement that cannot be parsed is `other` and says why.
 * @throws GuardError `forbidden` for a grammar that does not exist
 */
export const lineageOfSql = async (sql: string, options: SqlLineageOptions): Promise<readonly StatementLineage[]> => {
  const parser = await loadParser();
  parser.parse('SELECT 1', options.parserName);
  const known = new KnownTables(options.schema ?? (() => undefined));
  return splitStatements(sql, options.parserName).flatMap(({ text }) =>
    lineageOfStatement(text, options.parserName, parser, known),
  );
};

const lineageOfStatement = (
  text: string,
  parserName: string,
  parser: SqlParser,
  known: KnownTables,
): readonly StatementLineage[] => {
  const trees = parsed(text, parserName, parser);
  if (typeof trees === 'string') return [unreadable(text, trees)];
  return trees.flatMap((tree) => lineageOfTree(tree, text, parserName, parser, known));
};

const unreadable = (text: string, reason: string): StatementLineage => ({
  ...{ kind: 'other', sql: text, output: null, outputColumns: null, inputs: [], columns: [] },
  unresolved: reason,
});

/** The trees of one statement, or why there are none. */
const parsed = (text: string, parserName: string, parser: SqlParser): readonly SqlNode[] | string => {
  try {
    return parser.parse(text, parserName);
  } catch (error) {
    const others = otherForms(text, parserName);
    const together = others.length > 0 ? parsedTogether(others, parserName, parser) : '';
    if (typeof together !== 'string') return together;
    return isAegisError(error) ? error.message : 'it cannot be parsed';
  }
};

const parsedTogether = (
  texts: readonly string[],
  parserName: string,
  parser: SqlParser,
): readonly SqlNode[] | string => {
  const trees = texts.map((text) => parsed(text, parserName, parser));
  return (
    trees.find((tree) => typeof tree === 'string') ?? trees.flatMap((tree) => (typeof tree === 'string' ? [] : tree))
  );
};

const lineageOfTree = (
  tree: SqlNode,
  text: string,
  parserName: string,
  parser: SqlParser,
  known: KnownTables,
): readonly StatementLineage[] => {
  const changes: Change[] = [];
  const lineage = read(tree, text, scopeFor(newReader(parserName, parser, known, changes)));
  const nested = changes.flatMap(({ node, scope }) =>
    read(node, text, { ...scope, reader: newReader(parserName, parser, known, []) }),
  );
  const all = [...nested, ...lineage];
  for (const each of all) known.note(each, alteredOf(tree, each, known));
  return all;
};

const read = (tree: SqlNode, text: string, scope: Scope): readonly StatementLineage[] =>
  readStatement(tree, scope).map((made) => asLineage(made, text, scope.reader));

const alteredOf = (
  tree: SqlNode,
  { kind, output }: StatementLineage,
  known: KnownTables,
): readonly string[] | undefined => {
  const before = kind === 'alter' && output && nodeKind(tree) === 'alter_table' ? known.columnsOf(output) : undefined;
  return before && alteredColumns(before, nodeFields(tree));
};

const newReader = (parserName: string, parser: SqlParser, known: KnownTables, changes: Change[]): Reader => ({
  parserName,
  schema: known.columnsOf,
  tables: [],
  changes,
  render: (node) => parser.render(node, parserName),
  readQuery,
});

const scopeFor = (reader: Reader): Scope => ({ reader, relations: [], shared: [], ctes: new Map() });
