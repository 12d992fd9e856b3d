import type { Pipeline, Select } from '../pipeline/pipeline.js';

/** A column, or one that is trimmed, lowered or cast and nothing more. */
const carried = /^(?:(?:lower|trim|CAST)\()*(\w+)\.(\w+)(?: AS \w+)?\)*$/;

const node = (table: string, column: string): string => `${table}\n${column}`;

/** The names that a column has from its source to the marts, as long as it is only handed on. */
export const carriedNames = (pipeline: Pipeline, table: string, column: string): readonly string[] => {
  const links = pipeline.steps.flatMap(({ output, selects }) => selects.flatMap((select) => linksOf(output, select)));
  const found = new Set([node(table, column)]);
  for (const each of found)
    for (const [from, to] of links) if (from === each || to === each) found.add(from === each ? to : from);
  return [...new Set([...found].map((each) => each.split('\n')[1] ?? ''))];
};

const linksOf = (output: string, { from, alias, joins, columns }: Select): readonly (readonly [string, string])[] => {
  const tables = new Map([[alias, from], ...joins.map((join) => [join.alias, join.table] as const)]);
  return columns.flatMap(({ name, sql }) => {
    const [, owner = '', column = ''] = carried.exec(sql) ?? [];
    const table = tables.get(owner);
    return table === undefined ? [] : [[node(table, column), node(output, name)] as const];
  });
};
