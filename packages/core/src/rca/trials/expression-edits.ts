import { isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import type { Edit, Editing } from './edit.js';
import { bare, columnsIn, isKind, outputName, type Path, placedNodes, replacedAt } from './edit-tree.js';

/** Aggregates and windows make another number of rows: what is inside them is simplified, they are not. */
const grains: ReadonlySet<string> = new Set([
  ...['sum', 'avg', 'count', 'min', 'max', 'aggregate_function', 'window_function', 'array_agg', 'string_agg'],
  ...[
    'stddev',
    'stddev_samp',
    'stddev_pop',
    'variance',
    'median',
    'first',
    'last',
    'any_value',
    'count_if',
    'approx_distinct',
  ],
]);

/** Kinds that compute: one side of them may be left out. */
const arithmetic: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'mod', 'int_div']);

/** What is true or false stands for no value that an operand of it could stand for. */
const conditions: ReadonlySet<string> = new Set([
  ...['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'null_safe_eq', 'null_safe_neq', 'and', 'or', 'not', 'xor'],
  ...[
    'in',
    'like',
    'i_like',
    'is',
    'is_null',
    'is_not_null',
    'is_true',
    'is_false',
    'between',
    'exists',
    'regexp_like',
  ],
]);

/** A part of an expression, and what would stand in its place. */
interface Simpler {
  readonly by: SqlNode;
  readonly rank: number;
}

/** Every expression of a select list without one of its parts: a factor, an offset, a branch, a function around it. */
export const expressionEdits = ({ query, render, relevant }: Editing): readonly Edit[] =>
  selectLists(query).flatMap(({ node, path, column }) => {
    if (relevant && !relevant.has(column.toLowerCase())) return [];
    return [...placedNodes(node)]
      .filter(({ path: at }) => !isWindowed(at))
      .flatMap((part) =>
        simplerForms(part.node).map(
          ({ by, rank }): Edit => ({
            ...{ kind: 'expression', rank, column, before: render(bare(node)) },
            after: render(bare(replacedAt(node, part.path, by) as SqlNode)),
            query: replacedAt(query, [...path, ...part.path], by) as SqlNode,
          }),
        ),
      );
  });

/** The function of a window, which is nothing without it. */
const isWindowed = (path: Path): boolean => path.at(-1) === 'this' && path.at(-2) === 'window_function';

export interface ListedExpression {
  readonly node: SqlNode;
  readonly path: Path;
  readonly column: string;
}

/** What the select lists of a query give out under a name, those of its inner queries included. */
export const selectLists = (query: SqlNode): readonly ListedExpression[] =>
  [...placedNodes(query)]
    .filter(({ node }) => isKind(node, 'select'))
    .flatMap(({ node, path }) => {
      const { expressions } = nodeFields(node);
      return (Array.isArray(expressions) ? expressions : []).flatMap((expression: SqlValue, index) =>
        isNode(expression) && outputName(expression) !== ''
          ? [{ node: expression, path: [...path, 'select', 'expressions', index], column: outputName(expression) }]
          : [],
      );
    });

const simplerForms = (node: SqlNode): readonly Simpler[] => {
  const kind = nodeKind(node);
  const fields = nodeFields(node);
  if (grains.has(kind) || conditions.has(kind) || kind === 'alias' || kind === 'paren' || kind === 'column') return [];
  if (arithmetic.has(kind)) return withoutConstant(fields);
  if (kind === 'case') return branchesOf(fields).map((by) => ({ by, rank: 1 }));
  if (kind === 'coalesce') return firstOperand(fields);
  return insideOf(node).map((by) => ({ by, rank: kind === 'cast' ? 4 : 3 }));
};

const withoutConstant = ({ left, right }: SqlFields): readonly Simpler[] => {
  const sides = [left, right].filter((side): side is SqlNode => isNode(side));
  const [only, ...others] = sides.filter((side) => columnsIn(side).length > 0);
  return only && others.length === 0 && sides.length === 2 ? [{ by: only, rank: 2 }] : [];
};

/** Branches that read a column: a constant would satisfy many rules by saying nothing. */
const branchesOf = ({ whens, else_ }: SqlFields): readonly SqlNode[] => {
  const branches: readonly SqlValue[] = Array.isArray(whens) ? whens : [];
  const results = branches.map((branch: SqlValue) => (Array.isArray(branch) ? branch[1] : undefined));
  return [else_, ...results].filter((each): each is SqlNode => isNode(each) && columnsIn(each).length > 0);
};

const firstOperand = ({ expressions }: SqlFields): readonly Simpler[] => {
  const [first]: readonly SqlValue[] = Array.isArray(expressions) ? expressions : [];
  return isNode(first) && columnsIn(first).length > 0 ? [{ by: first, rank: 4 }] : [];
};

/** The one operand that reads columns, of a function whose others are constants. */
const insideOf = (node: SqlNode): readonly SqlNode[] => {
  const direct = [...placedNodes(nodeFields(node))].filter(
    ({ path }, _index, all) => !all.some((other) => other.path !== path && isWithin(path, other.path)),
  );
  const reading = direct.filter(({ node: child }) => columnsIn(child).length > 0);
  const [only] = reading;
  return only && reading.length === 1 && nodeKind(only.node) !== 'select' ? [only.node] : [];
};

const isWithin = (path: Path, outer: Path): boolean =>
  outer.length < path.length && outer.every((key, index) => path[index] === key);
