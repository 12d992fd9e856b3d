import type { TracedColumnEdge, TracedDataset, TracedOperation } from '@aegis/spec';
import { sameName, type TraceIndex } from './trace-index.js';

/** Two inputs of an operation and the columns by which their rows find each other. */
export interface JoinKeys {
  readonly operation: TracedOperation;
  readonly left: TracedDataset;
  readonly right: TracedDataset;
  readonly leftColumns: readonly string[];
  /** In the order of `leftColumns`. */
  readonly rightColumns: readonly string[];
  readonly condition: string;
}

interface Side {
  readonly dataset: string;
  readonly column: string;
}

/** What is equated when a dataset is made, as far as the lineage of its join keys tells. */
export const joinsOf = (index: TraceIndex, dataset: string): readonly JoinKeys[] => {
  const conditions = new Map<string, TracedColumnEdge[]>();
  for (const edge of index.rowEdgesOf(dataset)) {
    if (edge.subtype !== 'JOIN') continue;
    const key = JSON.stringify([edge.operation, edge.expression]);
    conditions.set(key, [...(conditions.get(key) ?? []), edge]);
  }
  return distinctJoins(index, [...conditions.values()].flatMap(pairsIn));
};

/** Two columns that an operation equates. */
interface EquatedPair {
  readonly operation: string;
  readonly pair: readonly [Side, Side];
  readonly condition: string;
}

const pairsIn = (edges: readonly TracedColumnEdge[]): readonly EquatedPair[] => {
  const [first] = edges;
  if (!first) return [];
  const sides = edges.map(({ from }) => from);
  const condition = first.expression ?? '';
  const written = equalities(condition).flatMap(([l, r]) => sidesOf(l, r, sides));
  const pairs = written.length > 0 ? written : onlyPair(sides);
  return pairs.map((pair) => ({ operation: first.operation, pair, condition }));
};

/** Pairs of the same two datasets belong together; statements that join alike are one. */
const distinctJoins = (index: TraceIndex, pairs: readonly EquatedPair[]): readonly JoinKeys[] => {
  const joins = [
    ...Map.groupBy(pairs, ({ operation, pair }) =>
      JSON.stringify([operation, pair[0].dataset, pair[1].dataset]),
    ).values(),
  ].flatMap((group) => {
    const operation = index.operation(group[0]?.operation ?? '');
    const condition = [...new Set(group.map((each) => each.condition))].join(' AND ');
    return operation
      ? joinOf(
          index,
          operation,
          group.map(({ pair }) => pair),
          condition,
        )
      : [];
  });
  const keyOf = ({ left, right, leftColumns, rightColumns }: JoinKeys) =>
    JSON.stringify([left.id, right.id, leftColumns, rightColumns]);
  return [...new Map(joins.map((join) => [keyOf(join), join])).values()];
};

const joinOf = (
  index: TraceIndex,
  operation: TracedOperation,
  pairs: readonly (readonly [Side, Side])[],
  condition: string,
): readonly JoinKeys[] => {
  const [first] = pairs;
  const left = first && index.dataset(first[0].dataset);
  const right = first && index.dataset(first[1].dataset);
  if (!left || !right) return [];
  const columns = { leftColumns: pairs.map(([l]) => l.column), rightColumns: pairs.map(([, r]) => r.column) };
  return [{ operation, left, right, ...columns, condition }];
};

const name = String.raw`(?:(?:"[^"]+"|\x60[^\x60]+\x60|[\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*)*("[^"]+"|\x60[^\x60]+\x60|[\p{L}_][\p{L}\p{N}_$]*)`;
const equality = new RegExp(String.raw`(?<![<>!=.\w"'\x60])${name}\s*=\s*${name}(?![\w$]|\s*[-+*/|("'.])`, 'gu');

/** Columns that a condition equates, without their qualifiers. `USING (a, b)` equates equal names. */
const equalities = (condition: string): readonly (readonly [string, string])[] => {
  const using = /^\s*(?:using\s*)?\(?\s*([\w"\x60]+(?:\s*,\s*[\w"\x60]+)*)\s*\)?\s*$/i.exec(condition);
  if (using?.[1]) return using[1].split(',').map((each) => [unquoted(each), unquoted(each)]);
  return [...condition.matchAll(equality)].map(([, left = '', right = '']) => [unquoted(left), unquoted(right)]);
};

const unquoted = (text: string): string => text.trim().replaceAll(/^["\x60]|["\x60]$/g, '');

/** The two datasets that such a pair of names belongs to, where there is one way to see it. */
const sidesOf = (left: string, right: string, sides: readonly Side[]): readonly (readonly [Side, Side])[] => {
  const lefts = distinct(sides.filter(({ column }) => sameName(column, left)));
  const rights = distinct(sides.filter(({ column }) => sameName(column, right)));
  if (sameName(left, right)) {
    const [one, other, ...more] = lefts;
    return one && other && more.length === 0 ? [[one, other]] : [];
  }
  const pairs = lefts.flatMap((l) => rights.filter((r) => r.dataset !== l.dataset).map((r) => [l, r] as const));
  return pairs.length === 1 ? pairs : [];
};

const onlyPair = (sides: readonly Side[]): readonly (readonly [Side, Side])[] => {
  const [one, other, ...more] = distinct(sides);
  return one && other && more.length === 0 && one.dataset !== other.dataset ? [[one, other]] : [];
};

const distinct = (sides: readonly Side[]): readonly Side[] => [
  ...new Map(sides.map((side) => [JSON.stringify([side.dataset, side.column.toLowerCase()]), side])).values(),
];
