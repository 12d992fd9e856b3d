/**
 * Isolation forest (Liu, Ting and Zhou, "Isolation Forest", ICDM 2008): the fewer random cuts it takes to set a point
 * apart, the more anomalous it is. Deterministic: the same points in the same order give the same scores.
 */
export type Point = readonly number[];

type Tree = Leaf | Cut;
interface Leaf {
  readonly size: number;
}
interface Cut {
  readonly dimension: number;
  readonly at: number;
  readonly below: Tree;
  readonly above: Tree;
}

const treeCount = 200;
const subsampleSize = 256;
const seed = 42;

/** Anomaly scores between 0 and 1, in the order of the points; 0.5 is unremarkable. */
export const anomalyScores = (points: readonly Point[]): readonly number[] => {
  const random = generator(seed);
  const size = Math.min(subsampleSize, points.length);
  const depth = Math.ceil(Math.log2(Math.max(2, size)));
  const trees = Array.from({ length: treeCount }, () => grow(subsample(points, size, random), depth, random));
  const expected = averagePath(size);
  if (expected === 0) return points.map(() => 0.5);
  return points.map((point) => {
    const total = trees.reduce((sum, tree) => sum + pathLength(tree, point), 0);
    return 2 ** -(total / treeCount / expected);
  });
};

/** Average path of an unsuccessful search in a binary tree of `n` points: c(n) of the paper. */
const averagePath = (n: number): number => {
  if (n < 2) return 0;
  return n === 2 ? 1 : 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
};

const grow = (points: readonly Point[], depth: number, random: () => number): Tree => {
  const dimensions = points.length > 1 && depth > 0 ? spreadDimensions(points) : [];
  const dimension = dimensions[Math.floor(random() * dimensions.length)];
  if (dimension === undefined) return { size: points.length };
  const [low, high] = extent(points, dimension);
  const at = low + random() * (high - low);
  const isBelow = (point: Point) => coordinate(point, dimension) < at;
  return {
    dimension,
    at,
    below: grow(points.filter(isBelow), depth - 1, random),
    above: grow(
      points.filter((point) => !isBelow(point)),
      depth - 1,
      random,
    ),
  };
};

const coordinate = (point: Point, dimension: number): number => point[dimension] ?? 0;

const spreadDimensions = (points: readonly Point[]): readonly number[] =>
  [...(points[0] ?? []).keys()].filter((dimension) => {
    const [low, high] = extent(points, dimension);
    return high > low;
  });

const extent = (points: readonly Point[], dimension: number): readonly [number, number] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    low = Math.min(low, coordinate(point, dimension));
    high = Math.max(high, coordinate(point, dimension));
  }
  return [low, high];
};

const pathLength = (tree: Tree, point: Point): number => {
  let [node, length] = [tree, 0];
  while ('at' in node) {
    node = coordinate(point, node.dimension) < node.at ? node.below : node.above;
    length += 1;
  }
  return length + averagePath(node.size);
};

/** The first steps of a Fisher–Yates shuffle: `size` points, each as likely as any other. */
const subsample = (points: readonly Point[], size: number, random: () => number): readonly Point[] => {
  const shuffled = [...points];
  for (let index = 0; index < size; index += 1) {
    const other = index + Math.floor(random() * (shuffled.length - index));
    const [here, there] = [shuffled[index], shuffled[other]];
    if (here && there) [shuffled[index], shuffled[other]] = [there, here];
  }
  return shuffled.slice(0, size);
};

/** Mulberry32 (public domain, Tommy Ettinger): enough randomness for cuts, and the same in every runtime. */
const generator = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
