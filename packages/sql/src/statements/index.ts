import type { Statement, StatementKind } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { aggregateStatement } from './aggregate.js';
import { bucketChecksums, bucketRows } from './buckets.js';
import { duplicateKeys } from './duplicate-keys.js';
import { failingOverlaps } from './failing-overlaps.js';
import { failingRows } from './failing-rows.js';
import { keyCounts } from './key-counts.js';
import { keyDifferenceCounts, keyDifferenceRows } from './key-difference.js';
import { keyHashes } from './key-hashes.js';
import { queryCount, queryRows } from './query.js';
import { rowDifferenceCounts, rowDifferenceRows } from './row-difference.js';
import { rowSample, rows } from './rows.js';
import { segmentCounts } from './segment-counts.js';
import { unmatchedCounts, unmatchedRows } from './unmatched.js';

/** One form per statement kind. A dialect replaces the ones that its engine answers faster in another form. */
export type StatementForms = {
  readonly [Kind in StatementKind]: (statement: Extract<Statement, { kind: Kind }>, dialect: BaseDialect) => string;
};

export const standardForms: StatementForms = {
  aggregate: aggregateStatement,
  key_hashes: keyHashes,
  key_counts: keyCounts,
  duplicate_keys: duplicateKeys,
  unmatched_counts: unmatchedCounts,
  unmatched_rows: unmatchedRows,
  key_difference_counts: keyDifferenceCounts,
  key_difference_rows: keyDifferenceRows,
  row_difference_counts: rowDifferenceCounts,
  row_difference_rows: rowDifferenceRows,
  bucket_checksums: bucketChecksums,
  bucket_rows: bucketRows,
  rows,
  row_sample: rowSample,
  failing_rows: failingRows,
  segment_counts: segmentCounts,
  failing_overlaps: failingOverlaps,
  query_count: queryCount,
  query_rows: queryRows,
};

export const renderStatement = <Kind extends StatementKind>(
  statement: Extract<Statement, { kind: Kind }>,
  forms: StatementForms,
  dialect: BaseDialect,
): string => forms[statement.kind as Kind](statement, dialect);
