import { writeFileSync } from 'node:fs';
import { type OpenedLineage, openLineage } from '@aegis/lineage/node';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Built } from './lab.js';

/**
 * The lineage of a pipeline as it ran: its statements in a file beside the database, as a team keeps them, with the columns of
 * the sources in front.
 */
export const lineageOf = ({ sources }: Pipeline, { path, statements }: Built): Promise<OpenedLineage> => {
  const file = path.replace(/\.duckdb$/, '.sql');
  const given = sources.map(
    ({ table, columns }) => `CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`,
  );
  writeFileSync(file, [...given, ...statements.map(({ sql }) => sql)].map((sql) => `${sql};\n`).join(''));
  return openLineage([file], { parserName: 'duckdb' });
};
