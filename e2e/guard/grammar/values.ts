import { type Context, can, columnsOf, deeper } from './context.js';
import type { ValueType } from './schema.js';
import { commaSeparated, type Part, type Piece, piece } from './tree.js';

/** Generates the queries inside expressions. */
export type MakeQuery = (context: Context, types: readonly ValueType[]) => Piece;

const value = piece('value');
const condition = piece('condition');

/** An expression of a type. */
export const makeValue = (context: Context, type: ValueType, query: MakeQuery): Piece => {
  const { random, depth } = context;
  if (depth <= 0 || random.chance(0.3)) return makeLeaf(context, type);
  const inner = (of: ValueType = type): Piece => makeValue(deeper(context), of, query);
  if (random.chance(0.08)) return value`( ${query(deeper(context, { depth: Math.min(1, depth - 1) }), [type])} )`;
  return random.pick(formsOf[type])(context, inner, query);
};

type Inner = (of?: ValueType) => Piece;
type Form = (context: Context, inner: Inner, query: MakeQuery) => Piece;

const anyForms: readonly Form[] = [
  (_, inner) => value`coalesce ( ${inner()} , ${inner()} )`,
  (_, inner) => value`nullif ( ${inner()} , ${inner()} )`,
  (_, inner) => value`case when ${inner('truth')} then ${inner()} else ${inner()} end`,
  (_, inner) => value`( ${inner()} )`,
];

const numberForms: readonly Form[] = [
  ...anyForms,
  ({ random }, inner) => value`${inner()} ${random.pick(['+', '-', '*'])} ${inner()}`,
  (_, inner) => value`abs ( ${inner()} )`,
  ({ random }, inner) => value`${random.pick(numberFunctions)} ( ${inner()} )`,
  ({ random }, inner) => value`${random.pick(['greatest', 'least'])} ( ${inner()} , ${inner()} , 1 )`,
  (_, inner) => value`( ${inner()} ) / nullif ( ${inner()} , 0 )`,
  ({ random }, inner) =>
    value`extract ( ${random.pick(['month', 'DAY'])} from cast ( ${inner('date')} as timestamp ) )`,
  (_, inner) => value`- ${inner()}`,
  (_, inner) => value`length ( ${inner('text')} )`,
  (_, inner) => value`extract ( year from ${inner('date')} )`,
  ({ features }, inner) => value`cast ( ${inner()} as ${features.wholeType} )`,
  (_, inner) => value`case ${inner('text')} when ${inner('text')} then 1 when 'b' then 2 end`,
];

const numberFunctions = ['round', 'floor', 'ceil', 'sqrt', 'sign', 'EXP', 'ln'];
const textFunctions = ['upper', 'Lower', 'trim', 'LTRIM', 'reverse', 'rtrim', 'md5'];

const textForms: readonly Form[] = [
  ...anyForms,
  (_, inner) => value`${inner()} || ${inner()}`,
  ({ random }, inner) => value`${random.pick(textFunctions)} ( ${inner()} )`,
  (_, inner) => value`substring ( ${inner()} , 1 , 3 )`,
  (context, inner) =>
    can(context, 'substring from') ? value`substring ( ${inner()} from 2 for 3 )` : value`substring ( ${inner()} , 2 )`,
  ({ random }, inner) => value`trim ( ${random.pick(['both', 'leading', 'trailing'])} 'x' from ${inner()} )`,
  (_, inner) => value`case when ${inner('truth')} then ${inner()} end || ${inner()}`,
  (_, inner) => value`replace ( ${inner()} , 'a' , ${inner()} )`,
  (_, inner) => value`concat ( ${inner()} , ${inner()} )`,
  ({ features }, inner) => value`cast ( ${inner('number')} as ${features.textType} )`,
  (context, inner) =>
    can(context, 'short cast')
      ? value`( ${inner('number')} ) :: ${context.features.textType}`
      : value`upper ( ${inner()} )`,
];

const dateForms: readonly Form[] = [
  ...anyForms,
  (_, inner) => value`cast ( ${inner()} as date )`,
  (_, inner) => value`greatest ( ${inner()} , ${inner()} )`,
];

const truthForms: readonly Form[] = [
  ({ random }, inner) => condition`${inner('number')} ${random.pick(['=', '<', '>=', '<>', '!='])} ${inner('number')}`,
  ({ random }, inner) => condition`${inner('text')} ${random.pick(['=', '<=', '>', '<>'])} ${inner('text')}`,
  (_, inner) => condition`${inner('date')} >= ${inner('date')}`,
  ({ random }, inner) => condition`( ${inner()} ) ${random.pick(['and', 'or', 'AND', 'OR'])} ( ${inner()} )`,
  (_, inner) => condition`not ( ${inner()} )`,
  ({ random }, inner) => condition`${inner('text')} ${random.pick(['is null', 'is not null', 'IS NULL']).split(' ')}`,
  ({ random }, inner) => condition`${inner('number')} ${negated(random.chance(0.3))} between ${inner('number')} and 7`,
  ({ random }, inner) =>
    condition`${inner('text')} ${negated(random.chance(0.3))} in ( ${commaSeparated([inner('text'), inner('text'), "'x'"])} )`,
  (context, inner) =>
    condition`${inner('text')} ${negated(context.random.chance(0.3))} ${can(context, 'ilike') ? 'ilike' : 'like'} ${textLiteral(context)}`,
  ({ random }, inner) =>
    condition`${inner('number')} is ${negated(random.chance(0.5))} distinct from ${inner('number')}`,
  (context, _, query) => condition`exists ( ${query(deeper(context), ['number'])} )`,
  (context, inner, query) =>
    condition`${inner('number')} ${negated(context.random.chance(0.3))} in ( ${query(deeper(context), ['number'])} )`,
  (context, inner, query) =>
    can(context, 'any')
      ? condition`${inner('text')} = ${context.random.pick(['any', 'ALL'])} ( ${query(deeper(context), ['text'])} )`
      : condition`${inner('text')} = ${inner('text')}`,
  ({ random }, inner) => condition`( ${inner()} ) is ${random.pick(['true', 'not false'] as const).split(' ')}`,
];

const formsOf: Readonly<Record<ValueType, readonly Form[]>> = {
  number: numberForms,
  text: textForms,
  date: dateForms,
  truth: truthForms,
};

const negated = (isNegated: boolean): readonly Part[] => (isNegated ? ['not'] : []);

const makeLeaf = (context: Context, type: ValueType): Piece => {
  const columns = columnsOf(context, type);
  const { random } = context;
  if (columns.length > 0 && random.chance(0.7)) return value`${random.pick(columns)}`;
  return literals[type](context);
};

/** Text that would be SQL outside of its quotes. */
const texts = [
  ...['', 'a', 'B', 'x%', 'it is', 'select v from secret', '; drop table ledger', '--', '/*', '*/', '" or 1', '`'],
  ...['$$', '日本 🎉', 'ünï', '\\', '{table}', '%s', "'", "' or '1'='1", "'; --", '\n', 'TABLE secret', ')', '(', '?'],
];

const textLiteral = ({ random, features }: Context): string => {
  const text = random.pick(texts);
  const escaped = features.escapesWithBackslash
    ? text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')
    : text.replaceAll("'", "''");
  return `'${escaped}'`;
};

const literals: Readonly<Record<ValueType, (context: Context) => Piece>> = {
  number: ({ random }) => value`${random.pick(['0', '1', '2', '17', '3.5', '.5', '1e2', '100'])}`,
  text: (context) => value`${textLiteral(context)}`,
  date: ({ random }) => value`date ${random.pick(["'2026-01-31'", "'2024-02-29'", "'1970-01-01'"])}`,
  truth: ({ random }) => condition`${random.pick(['true', 'FALSE', '1 = 1'])}`,
};
