import { z } from 'zod';
import type { Call } from './call.js';

/** Which rules. */
export const rulesInput = {
  rules: z
    .array(z.string().min(1).max(4096))
    .min(1)
    .max(100)
    .meta({ description: 'Rules files (.yaml) or folders of them, within the roots of the server.' }),
};

/** Where they run. */
export const targetInput = {
  db: z.string().min(1).max(4096).optional().meta({ description: 'A DuckDB database file, within the roots.' }),
  warehouse: z
    .string()
    .regex(/^[\w-]+$/)
    .max(100)
    .optional()
    .meta({ description: 'Where rules run that name no warehouse: a name in aegis.yaml, or a type such as duckdb.' }),
};

interface Target {
  readonly rules: readonly string[];
  readonly db?: string | undefined;
  readonly warehouse?: string | undefined;
}

/** The rules and their warehouse, inside the roots; what the server was started with stands in for what is not given. */
export const targetOf = async ({ rules, db, warehouse }: Target, { roots, options }: Call): Promise<Target> => {
  for (const path of rules) await roots.checkRules(path);
  if (db !== undefined && db !== ':memory:') await roots.check(db);
  return { rules, ...(warehouse === undefined && db === undefined ? fallback(options) : { db, warehouse }) };
};

const fallback = ({ db, warehouse }: Call['options']): Pick<Target, 'db' | 'warehouse'> => ({ db, warehouse });
