import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

const folder = fileURLToPath(new URL('../../../../../shared/fixtures/odcs/', import.meta.url));

/** Why a test of other projects' contracts is skipped. */
export const noFixtures = 'the fixtures of other projects are not beside the repository';

/** Names of the contracts of other projects; none where they are absent. */
export const fixtureNames: readonly string[] = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  : [];

export const fixtureText = (name: string): string => readFileSync(`${folder}${name}`, 'utf8');

/** What a test gives of a part of a contract. */
export interface Parts {
  readonly [key: string]: unknown;
}

/** A sound contract of 3.1 with one object, `orders`. */
export const contractText = (orders: Parts = {}, contract: Parts = {}): string =>
  stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'shop-orders',
    version: '1.0.0',
    status: 'active',
    schema: [{ name: 'orders', ...orders }],
    ...contract,
  });

/** A property of `orders`. */
export const property = (name: string, parts: Parts = {}): Parts => ({ name, ...parts });

/** The official schema of 3.1, where it is there. */
export const officialSchema = (): object => JSON.parse(fixtureText('odcs-json-schema-v3.1.0.json')) as object;
