import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import type { Random } from '../random.js';
import { featuresOf } from './features.js';
import { makeQuery } from './queries.js';
import { tablesFor, type ValueType } from './schema.js';
import type { Piece } from './tree.js';

export { scope } from './schema.js';
export { type Part, type Piece, piecesIn, printed, type Role, replaced, tokensOf } from './tree.js';

/** A SELECT of the tables in scope, as people and models write them. */
export const legitimate = (dialect: DialectName, random: Random): Piece => {
  const features = featuresOf[dialect];
  const types = Array.from({ length: 1 + random.below(3) }, () =>
    random.pick<ValueType>(['number', 'text', 'date', 'truth']),
  );
  return makeQuery(
    { random, features, depth: 1 + random.below(3), visible: [], readable: tablesFor(features), counter: { next: 0 } },
    types,
  );
};
