import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { parseDocument } from 'yaml';
import { resolveVariables } from './env-references.js';
import { type NoWarehouse, type ProfileWarehouse, warehouseOfProfile } from './warehouse-of-profile.js';

/** A folder with dbt_project.yml. */
export interface DbtProject {
  /** Absolute path of what `dbt compile` writes. */
  readonly manifest: string;
  readonly warehouse: ProfileWarehouse | NoWarehouse;
}

export interface OpenProjectOptions {
  /** Absolute path. */
  readonly folder: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/**
 * Reads dbt_project.yml and the profile that it names: from `DBT_PROFILES_DIR`, the project, or `~/.dbt`.
 * @throws ConfigError `not-found` or `invalid`
 */
export const openDbtProject = async ({ folder, env }: OpenProjectOptions): Promise<DbtProject> => {
  const file = join(folder, 'dbt_project.yml');
  const text = await readIfPresent(file);
  if (text === undefined)
    throw new ConfigError('not-found', `${folder} is no dbt project: it has no dbt_project.yml`, {
      hint: 'Name the folder of dbt_project.yml with --project.',
    });
  const { profile, target } = projectSettings(text, file);
  const targetPath =
    env.DBT_TARGET_PATH ?? (target === undefined ? undefined : resolveVariables(target, env)) ?? 'target';
  return {
    manifest: resolve(folder, targetPath, 'manifest.json'),
    warehouse: await warehouseOf(folder, profile, env),
  };
};

const projectSettings = (text: string, file: string) => {
  const document = parseDocument(text);
  if (document.errors.length > 0 || typeof document.toJS() !== 'object')
    throw new ConfigError('invalid', `${file} is not valid YAML`, { cause: document.errors[0] });
  const read = (key: string): string | undefined => {
    const value: unknown = document.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  return { profile: read('profile'), target: read('target-path') };
};

const warehouseOf = async (folder: string, profile: string | undefined, env: OpenProjectOptions['env']) => {
  if (profile === undefined) return { kind: 'none', reason: 'dbt_project.yml names no profile' } as const;
  const folders = [env.DBT_PROFILES_DIR, folder, join(env.HOME ?? homedir(), '.dbt')];
  for (const candidate of folders) {
    if (candidate === undefined || candidate === '') continue;
    const file = resolve(folder, candidate, 'profiles.yml');
    const text = await readIfPresent(file);
    if (text !== undefined) return warehouseOfProfile({ text, file: 'profiles.yml', profile, env });
  }
  return { kind: 'none', reason: 'there is no profiles.yml' } as const;
};

const readIfPresent = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return undefined;
    throw new ConfigError('not-found', `${file} cannot be read`, { cause });
  }
};
