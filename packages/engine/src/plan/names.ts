import { type ColumnDescription, PlanError, type TableDescription } from '@aegis/spec';
import { closest, distance } from 'fastest-levenshtein';

/** A name matches exactly, else by a unique match without case. */
const matchName = <Item>(
  wanted: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): { readonly found: Item | undefined; readonly ambiguous: readonly string[] } => {
  const exact = items.find((item) => nameOf(item) === wanted);
  if (exact !== undefined) return { found: exact, ambiguous: [] };
  const alike = items.filter((item) => nameOf(item).toLowerCase() === wanted.toLowerCase());
  return alike.length > 1 ? { found: undefined, ambiguous: alike.map(nameOf) } : { found: alike[0], ambiguous: [] };
};

/** The most similar of the known names, when it is similar enough to be what was meant. */
export const nearestName = (wanted: string, known: readonly string[]): string | undefined => {
  if (known.length === 0) return undefined;
  const lowered = known.map((name) => name.toLowerCase());
  const best = closest(wanted.toLowerCase(), lowered);
  const near = distance(wanted.toLowerCase(), best) <= Math.max(2, Math.floor(wanted.length / 3));
  return near ? known[lowered.indexOf(best)] : undefined;
};

/** @throws PlanError `missing-column` with the nearest name, or `ambiguous-name`. */
export const resolveColumn = (wanted: string, description: TableDescription, table: string): ColumnDescription => {
  const { found, ambiguous } = matchName(wanted, description.columns, ({ name }) => name);
  if (found) return found;
  if (ambiguous.length > 0) throw ambiguousColumn(wanted, table, ambiguous);
  throw missingColumn(wanted, description, table);
};

const ambiguousColumn = (wanted: string, table: string, candidates: readonly string[]) =>
  new PlanError('ambiguous-name', `column "${wanted}" of ${table} could be ${candidates.join(' or ')}`, {
    hint: 'Write the name exactly as the table has it.',
  });

const missingColumn = (wanted: string, { columns }: TableDescription, table: string) => {
  const names = columns.map(({ name }) => name);
  const near = nearestName(wanted, names);
  const listed = names.slice(0, 20).join(', ');
  return new PlanError('missing-column', `column "${wanted}" does not exist in ${table}`, {
    hint: near === undefined ? `Columns: ${listed}${names.length > 20 ? ', …' : ''}.` : `Did you mean "${near}"?`,
  });
};
