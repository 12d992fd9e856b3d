import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../../shared/fixtures/', import.meta.url));

/** Why a test of other projects' files is skipped. */
export const noFixtures = 'the fixtures of other projects are not beside the repository';

export const hasFixtures = existsSync(root);

/** Paths of the files in a folder of fixtures; none where they are absent. */
export const fixtures = (folder: 'dbt' | 'openlineage', isWanted: (name: string) => boolean): readonly string[] =>
  hasFixtures
    ? readdirSync(`${root}${folder}`)
        .filter(isWanted)
        .map((name) => `${root}${folder}/${name}`)
    : [];
