import type { Pipeline } from '../pipeline/pipeline.js';

/** The table that a name means, which may leave the schema out or say the catalog besides; `null` where it leaves a doubt. */
export const fullName = ({ sources, steps }: Pipeline, name: string): string | null => {
  const tables = [...sources.map(({ table }) => table), ...steps.map(({ output }) => output)];
  const written = name.toLowerCase();
  const meant = tables.filter((table) => `.${table}`.endsWith(`.${written}`) || written.endsWith(`.${table}`));
  return meant.length === 1 ? (meant[0] ?? null) : null;
};
