import { words } from '../text/words.js';

/**
 * What a part of a node may hold: scalar expressions, relations, a whole query, names, constants, a cast's type, names
 * that get expressions, what a MERGE does with a row and in which word, or a group of parts. A part that is not listed
 * must be absent.
 */
export type PartRule =
  | 'expressions'
  | 'sources'
  | 'query'
  | 'names'
  | 'constants'
  | 'type'
  | 'assignments'
  | 'actions'
  | 'verbs'
  | Shape;
export interface Shape {
  readonly [part: string]: PartRule;
}
export type Shapes = Readonly<Record<string, Shape>>;

const shapes = (kinds: string, shape: Shape): Shapes =>
  Object.fromEntries([...words(kinds)].map((kind) => [kind, shape]));

/** Places and inferred facts: parts of every node that say nothing about its meaning. */
export const silentParts = words(
  'span inferred_type alias_explicit_as double_colon_syntax use_inner_keyword use_outer_keyword alias_keyword',
);

const inList: Shape = {
  this: 'expressions',
  expressions: 'expressions',
  not: 'constants',
  unnest: 'expressions',
  is_field: 'constants',
};

/** Nodes that compute a value from one row. */
export const scalarShapes: Shapes = {
  ...shapes(
    `and or add sub mul div mod eq neq lt lte gt gte is concat bitwise_and bitwise_or bitwise_xor bitwise_left_shift
     bitwise_right_shift null_safe_eq null_safe_neq glob`,
    { left: 'expressions', right: 'expressions' },
  ),
  ...shapes('paren not neg bitwise_not', { this: 'expressions' }),
  ...shapes('like i_like', {
    left: 'expressions',
    right: 'expressions',
    escape: 'expressions',
    quantifier: 'constants',
  }),
  ...shapes('is_true is_false', { this: 'expressions', not: 'constants' }),
  ...shapes('any all', { this: 'expressions', subquery: 'expressions', op: 'constants' }),
  ...shapes('cast try_cast safe_cast', { this: 'expressions', to: 'type', format: 'expressions' }),
  ...shapes('array array_func', {
    expressions: 'expressions',
    bracket_notation: 'constants',
    use_list_keyword: 'constants',
  }),
  ...shapes('json_extract json_extract_scalar', {
    this: 'expressions',
    path: 'expressions',
    arrow_syntax: 'constants',
  }),
  alias: { this: 'expressions', alias: 'names' },
  literal: { literal_type: 'constants', value: 'constants' },
  boolean: { value: 'constants' },
  null: {},
  column: { name: 'names', table: 'names' },
  is_null: { this: 'expressions', not: 'constants', postfix_form: 'constants' },
  similar_to: { this: 'expressions', pattern: 'expressions', escape: 'expressions', not: 'constants' },
  regexp_like: { this: 'expressions', pattern: 'expressions' },
  between: { this: 'expressions', low: 'expressions', high: 'expressions', not: 'constants', symmetric: 'constants' },
  in: inList,
  case: { operand: 'expressions', whens: 'expressions', else_: 'expressions' },
  function: { name: 'constants', args: 'expressions', distinct: 'constants' },
  lambda: { parameters: 'names', body: 'expressions', colon: 'constants' },
  named_argument: { name: 'names', value: 'expressions', separator: 'constants' },
  interval: { this: 'expressions', unit: 'constants' },
  map_func: {
    keys: 'expressions',
    values: 'expressions',
    curly_brace_syntax: 'constants',
    with_map_keyword: 'constants',
  },
  tuple: { expressions: 'expressions' },
  subscript: { this: 'expressions', index: 'expressions' },
  array_slice: { this: 'expressions', start: 'expressions', end: 'expressions' },
  dot: { this: 'expressions', field: 'names' },
  extract: { this: 'expressions', field: 'constants' },
  trim: {
    this: 'expressions',
    characters: 'expressions',
    position: 'constants',
    sql_standard_syntax: 'constants',
    position_explicit: 'constants',
  },
  substring: { this: 'expressions', start: 'expressions', length: 'expressions', from_for_syntax: 'constants' },
  overlay: { this: 'expressions', replacement: 'expressions', from: 'expressions', length: 'expressions' },
  at_time_zone: { this: 'expressions', zone: 'expressions' },
  collation: { this: 'expressions', collation: 'constants', quoted: 'constants', double_quoted: 'constants' },
};

const ordered: Shape = { this: 'expressions', desc: 'constants', nulls_first: 'constants', explicit_asc: 'constants' };
const orderBy: Shape = { expressions: ordered };
const row: Shape = { expressions: 'expressions' };
const limit: Shape = { this: 'expressions' };
const commonTables: Shape = {
  recursive: 'constants',
  ctes: { alias: 'names', this: 'query', columns: 'names', materialized: 'constants', alias_first: 'constants' },
};
const bound: Shape = { Preceding: 'expressions', Following: 'expressions' };
const frame: Shape = {
  kind: 'constants',
  start: bound,
  end: bound,
  kind_text: 'constants',
  start_side_text: 'constants',
  end_side_text: 'constants',
};
const over: Shape = { window_name: 'names', partition_by: 'expressions', order_by: ordered, frame, alias: 'names' };
const joined: Shape = {
  this: 'sources',
  on: 'expressions',
  using: 'names',
  kind: 'constants',
  deferred_condition: 'constants',
  nesting_group: 'constants',
};
const setOperation: Shape = {
  left: 'query',
  right: 'query',
  all: 'constants',
  distinct: 'constants',
  by_name: 'constants',
  with: commonTables,
  order_by: orderBy,
  limit: 'expressions',
  offset: 'expressions',
};
const nested: Shape = {
  this: 'query',
  alias: 'names',
  column_aliases: 'names',
  lateral: 'constants',
  modifiers_inside: 'constants',
  order_by: orderBy,
  limit,
  offset: limit,
};
const aggregate: Shape = {
  this: 'expressions',
  distinct: 'constants',
  name: 'constants',
  filter: 'expressions',
  order_by: ordered,
  limit: 'expressions',
  ignore_nulls: 'constants',
  separator: 'expressions',
};

/** What a query adds to scalar expressions: sub-queries, aggregates and windows. */
export const queryScalarShapes: Shapes = {
  ...scalarShapes,
  ...shapes('array_agg string_agg list_agg group_concat first last any_value', aggregate),
  ...shapes('first_value last_value', { this: 'expressions', ignore_nulls: 'constants', order_by: ordered }),
  star: { table: 'names', except: 'names', replace: { this: 'expressions', alias: 'names' } },
  subquery: nested,
  in: { ...inList, query: 'query' },
  exists: { this: 'query', not: 'constants' },
  aggregate_function: {
    name: 'constants',
    args: 'expressions',
    distinct: 'constants',
    filter: 'expressions',
    order_by: ordered,
    ignore_nulls: 'constants',
  },
  window_function: { this: 'expressions', over },
  within_group: { this: 'expressions', order_by: ordered },
  filter: { this: 'expressions', expression: 'expressions' },
  unnest: { this: 'expressions', expressions: 'expressions' },
  struct: { fields: 'expressions' },
};

/** Relations: what may stand after FROM and JOIN. */
export const sourceShapes: Shapes = {
  table: { name: 'names', schema: 'names', catalog: 'names', alias: 'names', column_aliases: 'names' },
  subquery: nested,
  values: { expressions: row, alias: 'names', column_aliases: 'names' },
  function: { name: 'constants', args: 'expressions' },
  unnest: {
    this: 'expressions',
    expressions: 'expressions',
    with_ordinality: 'constants',
    alias: 'names',
    offset_alias: 'names',
  },
  alias: { this: 'sources', alias: 'names', column_aliases: 'names' },
  lateral: {
    this: 'sources',
    alias: 'constants',
    alias_quoted: 'constants',
    column_aliases: 'constants',
    ordinality: 'constants',
  },
  joined_table: { left: 'sources', joins: joined, alias: 'names' },
  paren: { this: 'sources' },
};

export const queryShapes: Shapes = {
  ...shapes('union intersect except', setOperation),
  select: {
    with: commonTables,
    distinct: 'constants',
    distinct_on: 'expressions',
    expressions: 'expressions',
    from: { expressions: 'sources' },
    joins: joined,
    lateral_views: { this: 'expressions', table_alias: 'names', column_aliases: 'names', outer: 'constants' },
    where_clause: { this: 'expressions' },
    group_by: { expressions: 'expressions', all: 'constants' },
    having: { this: 'expressions' },
    qualify: { this: 'expressions' },
    windows: { name: 'names', spec: over },
    order_by: orderBy,
    limit,
    offset: { this: 'expressions', rows: 'constants' },
    fetch: { direction: 'constants', count: 'expressions', rows: 'constants', with_ties: 'constants' },
  },
  subquery: nested,
  values: { expressions: row },
};

const changed: Shape = { name: 'names', schema: 'names', catalog: 'names', alias: 'names' };

/** Statements that change the rows of one table, chosen by a condition. */
export const changeShapes: Shapes = {
  update: {
    with: commonTables,
    table: changed,
    set: 'assignments',
    from_clause: { expressions: 'sources' },
    where_clause: { this: 'expressions' },
  },
  delete: { with: commonTables, table: changed, using: changed, where_clause: { this: 'expressions' } },
  insert: { with: commonTables, table: changed, columns: 'names', query: 'query' },
  merge: { with_: commonTables, this: 'sources', using: 'sources', on: 'expressions', whens: 'actions' },
};

/** What a MERGE does with matched and with new rows; never with those that the source lacks. */
export const actionShapes: Shapes = {
  whens: { expressions: 'actions' },
  // biome-ignore lint/suspicious/noThenProperty: the parser's name of the part.
  when: { matched: 'expressions', condition: 'expressions', then: 'actions' },
  tuple: { expressions: 'actions' },
  var: { this: 'verbs' },
  eq: { left: 'actions', right: 'expressions' },
};

export const mergeVerbs: ReadonlySet<unknown> = new Set(['UPDATE', 'DELETE', 'INSERT', 'DO NOTHING']);
