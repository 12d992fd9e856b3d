import type { Random } from '../random.js';

/** How a team names its tables: one prefix, or one schema, for each layer. */
export interface Names {
  readonly schemas: readonly string[];
  readonly raw: (name: string) => string;
  readonly staged: (name: string) => string;
  readonly core: (name: string) => string;
  readonly mart: (name: string) => string;
}

const layers = [
  ['raw', 'stg', 'int', 'mart'],
  ['src', 'base', 'prep', 'rpt'],
  ['landing', 'clean', 'core', 'bi'],
  ['lake', 'staging', 'model', 'serving'],
] as const;

export const namesOf = (random: Random): Names => {
  const [raw, staged, core, mart] = random.pick(layers);
  const inSchemas = random.chance(40);
  const layer = (prefix: string) => (name: string) => `${prefix}${inSchemas ? '.' : '_'}${name}`;
  return {
    schemas: inSchemas ? [raw, staged, core, mart] : [],
    ...{ raw: layer(raw), staged: layer(staged), core: layer(core), mart: layer(mart) },
  };
};
