import { WarehouseError } from '@aegis/spec';

/** One column as a catalogue lists it. */
export interface CatalogueColumn {
  /** Full name of the table or view, e.g. database, schema, table. */
  readonly relation: readonly string[];
}

/** The columns of one table or view. */
export type Relation<Column extends CatalogueColumn> = readonly [Column, ...Column[]];

/** Columns by relation, in the order in which they come. */
export const groupByRelation = <Column extends CatalogueColumn>(
  columns: readonly Column[],
): readonly Relation<Column>[] => {
  const relations = new Map<string, [Column, ...Column[]]>();
  for (const column of columns) {
    const key = JSON.stringify(column.relation);
    const known = relations.get(key);
    if (known) known.push(column);
    else relations.set(key, [column]);
  }
  return [...relations.values()];
};

/**
 * The relation that a name means among those that match without case: the first that matches exactly, else the only one.
 * @throws WarehouseError `not-found` naming the candidates
 */
export const chooseRelation = <Column extends CatalogueColumn>(
  parts: readonly string[],
  relations: readonly Relation<Column>[],
): Relation<Column> | undefined => {
  const exact = relations.find(([first]) => endsWith(first.relation, parts));
  if (exact || relations.length <= 1) return exact ?? relations[0];
  const candidates = relations.map(([first]) => first.relation.join('.'));
  throw new WarehouseError('not-found', `table "${parts.join('.')}" could be ${candidates.join(' or ')}`, {
    hint: 'Write the name in full, exactly as the warehouse has it.',
  });
};

const endsWith = (whole: readonly string[], end: readonly string[]): boolean =>
  end.every((part, index) => whole.at(index - end.length) === part);
