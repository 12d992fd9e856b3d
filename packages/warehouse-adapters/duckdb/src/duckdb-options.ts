import { resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const options = z.strictObject({
  path: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Database file. Without it, rules read data files only.', secret: false }),
  files: z.array(z.string().min(1)).default([]).meta({
    description:
      'Data files, globs, or folders ending in "/" that may be read besides the files that rules name, e.g. by views of the database.',
    secret: false,
  }),
  access: z.enum(['read_only', 'read_write']).default('read_only').meta({
    description: 'Runs never need more than read_only; with it, the file is opened so that the engine refuses writes.',
    secret: false,
  }),
  isolated: z.boolean().optional().meta({
    description:
      'Runs the engine in a process of its own, which is killed where a statement goes past its time, or past twice memoryLimit (by default a quarter of RAM). Default: only for statements that a model wrote.',
    secret: false,
  }),
  threads: z.int().min(1).max(1024).optional().meta({
    description: 'Threads that one statement may use. Default: one per core.',
    unit: 'threads',
    secret: false,
  }),
  memoryLimit: z
    .string()
    .regex(/^\d+(\.\d+)?\s*[KMGT]i?B$/i, 'Write a size such as 4GB or 512MiB.')
    .optional()
    .meta({
      description: 'Memory before DuckDB spills to tempDirectory, e.g. 4GB. Default: 80 % of RAM.',
      secret: false,
    }),
  tempDirectory: z.string().min(1).optional().meta({
    description:
      "Folder for what does not fit in memory; a folder of its own is made in it and removed. Default: the system's temporary folder.",
    secret: false,
  }),
  timezone: z
    .string()
    .min(1)
    .default('UTC')
    .meta({ description: 'IANA zone in which SQL turns zoned timestamps into dates.', secret: false }),
});

/** Options of a DuckDB warehouse, as in `aegis.yaml`. */
export const duckDbOptionsSchema = options.refine(({ isolated, access }) => !isolated || access === 'read_only', {
  path: ['isolated'],
  error: 'Only what is opened with access: read_only can be isolated.',
});

export type DuckDbOptions = z.input<typeof duckDbOptionsSchema>;
export type ResolvedDuckDbOptions = z.output<typeof duckDbOptionsSchema>;

/** @throws ConfigError `invalid` naming the first option that does not fit. */
export const resolveOptions = (options: unknown): ResolvedDuckDbOptions => {
  const parsed = duckDbOptionsSchema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `duckdb warehouse${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(duckDbOptionsSchema.shape).join(', ')}.`,
  });
};

/** The same options with absolute paths; `:memory:` is the same as no path. */
export const absolute = (options: ResolvedDuckDbOptions, baseDirectory: string): ResolvedDuckDbOptions => {
  const { path, tempDirectory, files } = options;
  return {
    ...options,
    path: path === undefined || path === ':memory:' ? undefined : resolve(baseDirectory, path),
    tempDirectory: tempDirectory === undefined ? undefined : resolve(baseDirectory, tempDirectory),
    files: files.map((file) => resolve(baseDirectory, file) + (file.endsWith('/') ? '/' : '')),
  };
};
