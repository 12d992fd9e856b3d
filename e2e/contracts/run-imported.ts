import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Import, importChecks } from '@aegis/contracts';
import { finishRun, runRules } from '@aegis/project';
import { type Effects, SecretRegistry } from '@aegis/project/program';
import { renderRules } from '@aegis/rules/conversion';
import type { Report } from '@aegis/spec';
import { stringify } from 'yaml';

/** A file of checks, and the warehouse that its rules run on. */
export interface ImportedFile {
  readonly text: string;
  readonly file: string;
  readonly table?: string | undefined;
  /** As `aegis.yaml` has it. */
  readonly warehouse: { readonly [option: string]: unknown };
  readonly env?: { readonly [name: string]: string } | undefined;
  /** What the adapter exports. */
  readonly adapter: unknown;
}

export interface ImportedRun {
  readonly imported: Import;
  readonly results: Report['results'];
}

/** As `aegis contract import` and `aegis run` do it. */
export const runImported = async ({
  text,
  file,
  table,
  warehouse,
  env,
  adapter,
}: ImportedFile): Promise<ImportedRun> => {
  const imported = importChecks(text, file, { table });
  const folder = await mkdtemp(join(tmpdir(), 'aegis-contracts-'));
  try {
    const by = { origin: imported.format, command: 'aegis contract import' };
    await writeFile(join(folder, 'rules.yaml'), renderRules(imported.rules, by));
    await writeFile(
      join(folder, 'aegis.yaml'),
      stringify({ warehouses: { shop: warehouse }, default_warehouse: 'shop' }),
    );
    return { imported, results: (await run(folder, { ...env, HOME: folder }, adapter)).results };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const run = async (folder: string, env: Effects['env'], adapter: unknown): Promise<Report> => {
  const effects: Effects = {
    ...{ cwd: folder, env, now: () => new Date(), secrets: new SecretRegistry() },
    importFrom: async (name) => (name.startsWith('@aegis/warehouse-') ? adapter : undefined),
  };
  const running = runRules({ rules: ['rules.yaml'], llm: false, history: join(folder, 'history.db') }, effects);
  return (await finishRun(running)).report;
};

export type ResultOf = (source: string) => readonly Report['results'][number][];

/** Results of the rules that came from a check: those whose source it is, or starts with it. */
export const resultsOf =
  ({ imported, results }: ImportedRun): ResultOf =>
  (source) => {
    const ids = imported.rules.filter((rule) => rule.source === source || rule.source.startsWith(`${source}/`));
    return results.filter(({ rule_id: id }) => ids.some((rule) => rule.id === id));
  };
