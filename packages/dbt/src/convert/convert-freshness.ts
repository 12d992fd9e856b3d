import { isTemplate, plainColumn, readsMore, refused, sound } from '@aegis/rules/conversion';
import type { ManifestNode } from '../manifest/node-schema.js';
import { freshnessSchema } from '../manifest/node-schema.js';
import type { Manifest } from '../manifest/read-manifest.js';
import { tableOf } from '../manifest/table-of.js';

import type { DbtDrafted } from './conversion.js';
import { ownerOf } from './owner-of.js';

const ages = ['error_after', 'warn_after'] as const;
type Age = (typeof ages)[number];

/** Rules for how old a source may be: one for each age that is given. */
export const convertFreshness = (source: ManifestNode, manifest: Manifest): readonly DbtDrafted[] => {
  const declared = source.config.freshness ?? source.freshness;
  if (declared === null || declared === undefined) return [];
  const { filter, ...limits } = freshnessSchema.parse(declared);
  return ages.flatMap((age) => {
    const { count, period } = limits[age] ?? {};
    return count === undefined || period === undefined
      ? []
      : [ageRule(source, manifest, { age, count, period, filter })];
  });
};

interface AgeLimit {
  readonly age: Age;
  readonly count: number;
  readonly period: string;
  readonly filter: string | undefined;
}

const ageRule = (source: ManifestNode, manifest: Manifest, limit: AgeLimit): DbtDrafted => {
  const named = { source: `${source.unique_id}:${limit.age}`, check: 'source freshness' };
  const table = tableOf(source);
  const fault = unreadable(source, limit);
  if (fault !== undefined) return refused(named, fault);
  if (table === undefined) return refused(named, `it is no table: dbt reads it as ${source.relation_name}`);
  const column = loadedAt(source);
  return sound({
    kind: 'draft' as const,
    ...named,
    name: `freshness_${source.source_name ?? ''}_${source.name}_${limit.age}`,
    unit: 'table' as const,
    severity: limit.age === 'error_after' ? ('high' as const) : ('low' as const),
    owner: ownerOf([source, source], undefined, manifest),
    description: `Source ${source.source_name ?? ''}.${source.name} is not older than ${limit.count} ${limit.period}s.`,
    tags: ['dbt', ...source.tags, ...source.config.tags],
    scope: { table, where: limit.filter },
    logic: {
      type: 'freshness',
      ...(column !== undefined && { column: plainColumn(column, Object.keys(source.columns)) }),
      threshold: limit.count,
      unit: `${limit.period.toLowerCase()}s`,
    },
  });
};

const loadedAt = ({ config, loaded_at_field: field }: ManifestNode): string | undefined =>
  config.loaded_at_field ?? field;

const unreadable = (source: ManifestNode, { filter = '' }: AgeLimit): string | undefined => {
  if (source.config.enabled === false) return 'it is disabled';
  if ((source.config.loaded_at_query ?? source.loaded_at_query) !== undefined) return 'its age comes from a query';
  if (isTemplate(filter) || readsMore(filter)) return 'its filter is filled in by dbt or reads more than one row';
  const column = loadedAt(source);
  const isColumn = column === undefined || plainColumn(column, Object.keys(source.columns)) !== undefined;
  return isColumn ? undefined : `loaded_at_field is an expression: ${column}`;
};
