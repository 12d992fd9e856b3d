import type { Dialect } from '@aegis/spec';
import { literal } from '@aegis/sql';

/** Words that some engine keeps for itself, in lower case. */
const reserved = new Set(
  `all and any array as asc at between both by case cast check collate column constraint create cross cube current
   current_date current_time current_timestamp date default desc distinct else end except exists extract false fetch for
   foreign from full grant group grouping having if in inner insert intersect interval into is join lateral leading left
   like limit natural new no not null nulls offset on or order outer over partition primary qualify range references
   right row rows select set some table tablesample then time timestamp to trailing true union unique unnest update user
   using values when where window with within`.split(/\s+/),
);

/** A column as SQL names it; quoted only where it must be, so that people can read the rule. */
export const sqlName = (name: string, dialect: Dialect): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : dialect.quoteIdentifier(name);

/** A single value as SQL writes it. */
export const sqlLiteral = (value: string | number | boolean, dialect: Dialect): string =>
  typeof value === 'string' ? dialect.expression(literal('text', value)) : String(value);
