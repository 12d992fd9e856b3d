import { displayTableName, type Probe, type RelationRole } from '@aegis/rules';
import { PlanError, type ScopedRelation, type TableDescription } from '@aegis/spec';
import { type NamedSide, nameSide } from './name-side.js';

type ByRole<Value> = { readonly [role in RelationRole]?: Value };

/** What gives each relation its filter. */
const filters: ByRole<string> = { target: 'where', source: 'source_where' };

/**
 * Some tables are read only with a filter on a partition column, which keeps a scan of everything from happening by
 * mistake: a rule without one would be refused by the engine, after others had run.
 * @throws PlanError `unsupported` naming the columns
 */
export const checkPartitionFilters = (
  probe: Probe,
  relations: ByRole<ScopedRelation>,
  descriptions: ByRole<TableDescription>,
  named: ByRole<NamedSide | undefined>,
): void => {
  if (probe.kind === 'metadata') return;
  for (const role of ['target', 'reference', 'source'] as const) {
    const description = descriptions[role];
    if (!description?.requiresPartitionFilter || hasFilter(relations[role], description)) continue;
    throw nameSide(named[role], missingFilter(role, description));
  }
};

const hasFilter = (relation: ScopedRelation | undefined, { partitionColumns = [] }: TableDescription): boolean =>
  relation?.where?.columns.some((name) => partitionColumns.some((column) => isSame(column, name))) ?? false;

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const missingFilter = (role: RelationRole, { table, partitionColumns = [] }: TableDescription): PlanError => {
  const columns = partitionColumns.join(' or ');
  const filter = filters[role];
  return new PlanError(
    'unsupported',
    `table "${displayTableName(table)}" is read only with a filter on its partition column ${columns}`,
    {
      hint: filter
        ? `Add a condition on ${columns} to ${filter}.`
        : `Name a view that filters ${columns}, or lift the requirement from the table.`,
    },
  );
};
