import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../../shared/fixtures/dbt/', import.meta.url));

/** Why a test of other projects' manifests is skipped. */
export const noFixtures = 'the fixtures of other projects are not beside the repository';

/** Names of the manifests of other projects; none where they are absent. */
export const fixtureNames: readonly string[] = existsSync(folder) ? readdirSync(folder) : [];

export const fixtureText = (name: string): string => readFileSync(`${folder}${name}`, 'utf8');
