import { z } from 'zod';

const sources = z.array(z.string().min(1));

/** `lineage` in aegis.yaml: a plain list of sources, or all that there is to say about lineage. */
export const lineageSchema = z.union([
  sources,
  z.strictObject({
    sources: sources.default([]).meta({
      description: 'Files, folders or URLs: OpenLineage events, dbt manifests, SQL files, a Marquez server.',
    }),
    names: z.record(z.string(), z.string().min(1)).default({}).meta({
      description:
        'What a name in rules or sources means, where it could mean several datasets: `{ orders: shop.public.orders }`.',
    }),
    warehouses: z.record(z.string(), z.string().min(1)).default({}).meta({
      description: 'The warehouse of the datasets of a namespace: `{ "postgres://db:5432": main }`.',
    }),
    export: z.string().min(1).optional().meta({
      description: 'File or URL that every run is told to as OpenLineage events. Default: none.',
    }),
  }),
]);

export interface LineageConfig {
  readonly sources: readonly string[];
  readonly names: { readonly [name: string]: string };
  readonly warehouses: { readonly [namespace: string]: string };
  readonly export?: string | undefined;
}

/** Both forms as the long one. */
export const lineageConfig = (lineage: z.infer<typeof lineageSchema>): LineageConfig =>
  isList(lineage) ? { sources: lineage, names: {}, warehouses: {} } : lineage;

const isList = (lineage: z.infer<typeof lineageSchema>): lineage is string[] => Array.isArray(lineage);

/** Where the source at `index` was written. */
export const sourcePath = (lineage: z.infer<typeof lineageSchema>, index: number): readonly PropertyKey[] =>
  isList(lineage) ? ['lineage', index] : ['lineage', 'sources', index];
