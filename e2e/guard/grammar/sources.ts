import { type Context, can, deeper, newName } from './context.js';
import type { Column, Relation, ValueType } from './schema.js';
import { commaSeparated, type Piece, piece } from './tree.js';

type MakeNamedQuery = (context: Context, types: readonly ValueType[], names?: readonly string[]) => Piece;

/** Something to read, and what the query then sees of it. */
export interface Source {
  readonly piece: Piece;
  readonly relation: Relation;
}

const source = piece('source');

export const makeSource = (context: Context, query: MakeNamedQuery): Source => {
  const { random, depth } = context;
  if (depth <= 0 || random.chance(0.6)) return readTable(context);
  return random.pick(sourceForms)(context, query);
};

const readTable = (context: Context): Source => {
  const { random } = context;
  const table = random.pick(context.readable);
  const alias = newName(context);
  const name = piece('table')`${table.name}`;
  const as = random.chance(0.5) ? ['as'] : [];
  return { piece: source`${name} ${as} ${alias}`, relation: { name: alias, columns: table.columns } };
};

type SourceForm = (context: Context, query: MakeNamedQuery) => Source;

const sourceForms: readonly SourceForm[] = [
  (context, query) => derived(context, query),
  (context, query) => derived(context, query),
  (context) => (can(context, 'values') ? values(context) : readTable(context)),
  (context) => (can(context, 'series') ? series(context) : readTable(context)),
  (context, query) => (can(context, 'lateral') ? lateral(context, query) : derived(context, query)),
];

const newColumns = (context: Context): readonly Column[] =>
  (['number', 'text', 'date'] as const).map((type) => ({ name: newName(context), type }));

const derived = (context: Context, query: MakeNamedQuery): Source => {
  const relation = { name: newName(context), columns: newColumns(context) };
  const inside = query(deeper(context, { visible: [] }), typesOf(relation), namesOf(relation));
  return { piece: source`( ${inside} ) as ${relation.name}`, relation };
};

const lateral = (context: Context, query: MakeNamedQuery): Source => {
  const relation = { name: newName(context), columns: newColumns(context) };
  const inside = query(deeper(context, { visible: [] }), typesOf(relation), namesOf(relation));
  return { piece: source`lateral ( ${inside} ) as ${relation.name}`, relation };
};

const values = (context: Context): Source => {
  const columns = newColumns(context);
  const alias = newName(context);
  const rows = ["( 1 , 'a' , date '2026-01-01' )", "( 2 , 'secret' , date '2026-02-28' )"].map((row) =>
    row.split(/ (?!secret)/),
  );
  return {
    piece: source`( values ${commaSeparated(rows.map((row) => piece('part')`${row}`))} ) as ${alias} ( ${commaSeparated(columns.map(({ name }) => name))} )`,
    relation: { name: alias, columns },
  };
};

const series = (context: Context): Source => {
  const alias = newName(context);
  const column: Column = { name: newName(context), type: 'number' };
  const text = `generate_series ( 1 , 3 ) as`.split(' ');
  return { piece: source`${text} ${alias} ( ${column.name} )`, relation: { name: alias, columns: [column] } };
};

const typesOf = ({ columns }: Relation): readonly ValueType[] => columns.map(({ type }) => type);
const namesOf = ({ columns }: Relation): readonly string[] => columns.map(({ name }) => name);
