import { randomUUID } from 'node:crypto';
import { type DatabricksOptions, databricks } from '../index.js';
import type { Workspace } from './workspace.js';

/** A new, empty schema, and how to connect to it. */
export const newSchema = async ({ options }: Workspace): Promise<DatabricksOptions & { readonly schema: string }> => {
  const schema = `aegis_${randomUUID().replaceAll('-', '')}`;
  await runAll(options, [`CREATE SCHEMA ${schema}`]);
  return { ...options, schema };
};

/** Runs statements one after the other. */
export const runAll = async (options: DatabricksOptions, statements: readonly string[]): Promise<void> => {
  const warehouse = databricks(options);
  try {
    for (const statement of statements) await warehouse.executeScalar(statement);
  } finally {
    await warehouse.close?.();
  }
};
