import type { Redactor } from '@aegis/llm/redaction';
import type { LiveTable } from './located-table.js';

type ByName = Pick<Redactor, 'masksColumn'>;

/** A column of the tables, or a field inside one, that is masked because of its name. */
export const personalName = (tables: readonly LiveTable[], redactor: ByName): string | undefined =>
  tables
    .flatMap(({ description }) => description.columns)
    .map(({ name, type }) => (redactor.masksColumn(name) ? name : personalField(type.native, redactor)))
    .find((found) => found !== undefined);

/** The personal field that columns of this name hold, e.g. `phone` of `STRUCT(phone VARCHAR)`. */
export const holdsPersonal = (column: string, tables: readonly LiveTable[], redactor: ByName): string | undefined =>
  tables
    .flatMap(({ description }) => description.columns)
    .filter(({ name }) => name.toLowerCase() === column.toLowerCase())
    .map(({ type }) => personalField(type.native, redactor))
    .find((found) => found !== undefined);

/** Of a type that has named fields. Labels of an ENUM are none. */
const personalField = (native: string, redactor: ByName): string | undefined =>
  /\b(?:struct|row|record|union|object|tuple)\b/i.test(native)
    ? (native.replace(/'(?:[^']|'')*'/g, ' ').match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).find((word) =>
        redactor.masksColumn(word),
      )
    : undefined;
