import { type Context, can, columnsOf, deeper, newName } from './context.js';
import type { Relation, ValueType } from './schema.js';
import { makeSource } from './sources.js';
import { commaSeparated, type Part, type Piece, piece } from './tree.js';
import { makeValue } from './values.js';

const query = piece('query');
const part = piece('part');
const definition = piece('definition');

/** A query whose columns have these types and, where names are given, these names. */
export const makeQuery = (context: Context, types: readonly ValueType[], names: readonly string[] = []): Piece => {
  const { random, depth } = context;
  if (depth > 0 && random.chance(0.12)) return withDefinitions(context, types, names);
  if (depth > 0 && random.chance(0.12)) return setOperation(context, types, names);
  return random.chance(0.3) ? grouped(context, types, names) : plain(context, types, names);
};

const withDefinitions = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece => {
  const { random } = context;
  if (can(context, 'recursive') && random.chance(0.15)) return recursive(context, types, names);
  let readable = context.readable;
  const definitions = Array.from({ length: 1 + random.below(3) }, () => {
    const relation = newDefinition(context);
    const made = makeDefinition(deeper(context, { readable, visible: [] }), relation);
    readable = [...readable, relation, relation];
    return made;
  });
  return query`with ${commaSeparated(definitions)} ${body(deeper(context, { readable }), types, names)}`;
};

/** Sometimes by the name of a table that may not be read, which it then hides. */
const newDefinition = (context: Context): Relation => {
  const { random } = context;
  const hiding = random.pick(['secret', 'Ledger', 'pg_class', 'x']);
  context.counter.next += 1;
  const name = random.chance(0.2) ? `${hiding}${context.counter.next}` : newName(context);
  const types: readonly ValueType[] = ['number', 'text', 'date'];
  return { name, columns: types.map((type) => ({ name: newName(context), type })) };
};

/** Numbers counted up by a definition that reads itself. */
const recursive = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece => {
  const [name, column] = [newName(context), newName(context)];
  const relation: Relation = { name, columns: [{ name: column, type: 'number' }] };
  const counted = definition`${name} as ( select 1 as ${column} union all select ${column} + 1 from ${piece('table')`${name}`} where ${column} < 5 )`;
  const readable = [...context.readable, relation, relation, relation];
  return query`with recursive ${counted} ${body(deeper(context, { readable }), types, names)}`;
};

const makeDefinition = (context: Context, { name, columns }: Relation): Piece => {
  const types = columns.map(({ type }) => type);
  const names = columns.map((column) => column.name);
  if (context.random.chance(0.5) || context.features.quote === '`')
    return definition`${name} as ( ${makeQuery(context, types, names)} )`;
  return definition`${name} ( ${commaSeparated(names)} ) as ( ${makeQuery(context, types)} )`;
};

const body = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece =>
  context.random.chance(0.2) ? setOperation(context, types, names) : plain(context, types, names);

const setOperation = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece => {
  const { random } = context;
  const operator = random.pick([
    'union all',
    'union all',
    'UNION ALL',
    'union distinct',
    'intersect distinct',
    'except distinct',
  ]);
  const words = context.features.quote === '`' ? operator : operator.replace(' distinct', '');
  const [left, right] = [arm(deeper(context), types, names), arm(deeper(context), types, [])];
  const byName = words === 'union all' && names.length > 0 && can(context, 'by name') && random.chance(0.1);
  const last = byName ? arm(deeper(context), types, names) : right;
  return query`${left} ${words.split(' ')} ${byName && part`by name`} ${last} ${random.chance(0.15) && part`limit 20`}`;
};

interface From {
  readonly parts: readonly Part[];
  readonly context: Context;
}

const makeFrom = (context: Context): From => {
  const { random } = context;
  const first = makeSource(context, makeQuery);
  let inside: Context = { ...context, visible: [...context.visible, first.relation] };
  const parts: Part[] = [first.piece];
  for (let joins = random.pick([0, 0, 0, 1, 1, 2]); joins > 0; joins -= 1) {
    const next = makeSource(deeper(context), makeQuery);
    const visible = [...inside.visible, next.relation];
    parts.push(makeJoin({ ...inside, visible }, next.piece));
    inside = { ...inside, visible };
  }
  return { parts, context: inside };
};

const makeJoin = (context: Context, source: Piece): Piece => {
  const { random } = context;
  const kind = random.pick(['join', 'inner join', 'left join', 'LEFT OUTER JOIN', 'right join', 'cross join', ',']);
  if (kind === ',' || kind === 'cross join') return part`${kind.split(' ')} ${source}`;
  if (kind === 'inner join' && can(context, 'positional join') && random.chance(0.1))
    return part`positional join ${source}`;
  return part`${kind.split(' ')} ${source} on ${makeValue(deeper(context, { depth: 0 }), 'truth', makeQuery)}`;
};

const aliased = (item: Part, name: string | undefined): Piece =>
  name === undefined ? part`${item}` : part`${item} as ${name}`;

const plain = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece => {
  const { parts, inside, distinct } = core(context, types, names);
  return query`${parts} ${makeEnd(inside, distinct)}`;
};

/** One side of a set operation, which has no ORDER BY and LIMIT of its own. */
const arm = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece =>
  query`${core(context, types, names).parts}`;

const core = (context: Context, types: readonly ValueType[], names: readonly string[]) => {
  const { random } = context;
  const from = makeFrom(context);
  const inside = deeper(from.context);
  const items = types.map((type, index) => aliased(makeItem(inside, type), names[index]));
  const where = random.chance(0.5) && part`where ${makeValue(inside, 'truth', makeQuery)}`;
  const distinct = random.chance(0.1) && part`distinct`;
  const qualify =
    can(context, 'qualify') && random.chance(0.05) && part`qualify row_number ( ) over ( order by 1 ) < 9`;
  return {
    parts: part`select ${distinct} ${commaSeparated(items)} from ${from.parts} ${where} ${qualify}`.parts,
    inside,
    distinct: distinct !== false,
  };
};

/** A value, or now and then one of a window or a scalar query. */
const makeItem = (context: Context, type: ValueType): Piece => {
  const { random } = context;
  if (type !== 'number' || !random.chance(0.1)) return makeValue(context, type, makeQuery);
  const [argument, key, order] = ['number', 'text', 'number'].map((of) =>
    makeValue(deeper(context, { depth: 0 }), of as ValueType, makeQuery),
  );
  const frame = random.chance(0.3) && part`rows between unbounded preceding and current row`;
  const filter =
    can(context, 'filter') &&
    random.chance(0.3) &&
    part`filter ( where ${makeValue(deeper(context, { depth: 0 }), 'truth', makeQuery)} )`;
  return piece(
    'value',
  )`sum ( ${argument ?? '1'} ) ${filter} over ( partition by ${key ?? '1'} order by ${order ?? '1'} ${frame} )`;
};

const makeEnd = (context: Context, isDistinct: boolean): readonly Part[] => {
  const { random } = context;
  const isOrdered = !isDistinct && random.chance(0.15);
  if (!random.chance(0.2)) return [];
  const columns = columnsOf({ ...context, visible: context.visible.slice(-1) }, 'number');
  const nulls = can(context, 'nulls order') && random.chance(0.3) && part`nulls last`;
  const order =
    isOrdered &&
    columns.length > 0 &&
    part`order by ${random.pick(columns)} ${random.pick(['asc', 'desc', 'DESC'])} ${nulls}`;
  return [
    ...(order ? [order] : []),
    part`limit ${String(1 + random.below(30))} ${can(context, 'offset') && random.chance(0.3) && part`offset 1`}`,
  ];
};

const aggregates: Readonly<Record<ValueType, readonly string[]>> = {
  number: ['count', 'sum', 'min', 'MAX', 'avg'],
  text: ['min', 'max'],
  date: ['min', 'Max'],
  truth: ['count'],
};

/** Grouped by columns; what is selected are aggregates. */
const grouped = (context: Context, types: readonly ValueType[], names: readonly string[]): Piece => {
  const { random } = context;
  const from = makeFrom(context);
  const inside = deeper(from.context, { depth: Math.min(1, context.depth - 1) });
  const items = types.map((type, index) => aliased(makeAggregate(inside, type), names[index]));
  const keys = columnsOf({ ...inside, visible: inside.visible.slice(-1) }, 'text');
  const group = keys.length > 0 && random.chance(0.7) && part`group by ${groupKey(context, random.pick(keys))}`;
  const having =
    random.chance(0.3) && part`having count ( * ) ${random.pick(['>', '>=', '<>'])} ${String(random.below(3))}`;
  const where = random.chance(0.4) && part`where ${makeValue(inside, 'truth', makeQuery)}`;
  return query`select ${commaSeparated(items)} from ${from.parts} ${where} ${group} ${having}`;
};

const groupKey = (context: Context, key: string): Piece =>
  can(context, 'grouping sets') && context.random.chance(0.2) ? part`rollup ( ${key} )` : part`${key}`;

const makeAggregate = (context: Context, type: ValueType): Piece => {
  const { random } = context;
  if (type === 'truth') return piece('condition')`count ( * ) > 1`;
  if (type === 'number' && random.chance(0.2)) return piece('value')`count ( * )`;
  const argument = makeValue(context, type, noQuery(context));
  const filter =
    can(context, 'filter') &&
    random.chance(0.2) &&
    part`filter ( where ${makeValue(deeper(context, { depth: 0 }), 'truth', makeQuery)} )`;
  const distinct = random.chance(0.15) && part`distinct`;
  return piece('value')`${random.pick(aggregates[type])} ( ${distinct} ${argument} ) ${filter}`;
};

/** Some engines refuse queries inside of aggregates. */
const noQuery =
  (context: Context) =>
  (_: Context, types: readonly ValueType[]): Piece =>
    query`select ${commaSeparated(types.map((type) => makeValue(deeper(context, { depth: 0, visible: [] }), type, makeQuery)))}`;
