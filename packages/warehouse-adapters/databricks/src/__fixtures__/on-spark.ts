import { afterAll, it } from 'vitest';
import { SparkMissing, startWorkspace, type Workspace } from './workspace.js';

/** Defines tests on a real Spark; where there is none and none can be installed, one test that says so. */
export const onSpark = async (define: (workspace: Workspace) => void | Promise<void>): Promise<void> => {
  try {
    const workspace = await startWorkspace();
    afterAll(() => workspace.close());
    await define(workspace);
  } catch (error) {
    if (!(error instanceof SparkMissing)) throw error;
    it('runs on Spark', (context) => context.skip(error.message));
  }
};
