import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { root } from './root.js';

/** More than about twenty seconds of work, or of waiting for what they install; the longest first. */
export const longestFiles = [
  'e2e/airflow/airflow.test.ts',
  'bench/src/rca/bench-rca.test.ts',
  'packages/warehouse-adapters/databricks/src/databricks.conformance.test.ts',
  'scripts/documents/documents.test.ts',
  'e2e/contracts/great-expectations.test.ts',
  'e2e/contracts/soda.test.ts',
  'e2e/dbt/dbt-shop.test.ts',
  'e2e/mcp/clients.test.ts',
  'e2e/golden/golden-on-spark.test.ts',
  'e2e/reconciliation/hash-on-spark.test.ts',
  'e2e/root-cause/root-cause.test.ts',
  'e2e/models/narrated-run.test.ts',
  'e2e/cli/rules.test.ts',
  'e2e/cli/history.test.ts',
  'e2e/github-action/install.test.ts',
  'bench/src/bench.test.ts',
  'bench/src/eval/eval.test.ts',
];

const ranks = new Map(longestFiles.map((file, rank) => [file, rank]));

/** Starts the longest test files first, lest the last of them keep one core busy alone; the others in Vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return longestFirst(await super.sort(files), ({ moduleId }) => moduleId);
  }
}

/** @param pathOf gives absolute paths */
export const longestFirst = <File>(files: readonly File[], pathOf: (file: File) => string): File[] => {
  const rankOf = (file: File) => ranks.get(relative(root, pathOf(file))) ?? ranks.size;
  return files.toSorted((a, b) => rankOf(a) - rankOf(b));
};
