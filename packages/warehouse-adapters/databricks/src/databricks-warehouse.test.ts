import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSchema } from './__fixtures__/new-schema.js';
import { startWorkspace, type Workspace } from './__fixtures__/workspace.js';
import { databricks } from './index.js';

const startMs = 300_000;
let workspace: Workspace;

beforeAll(async () => {
  workspace = await startWorkspace();
}, startMs);
afterAll(() => workspace?.close());

it('answers', async () => {
  const options = await newSchema(workspace);
  const warehouse = databricks(options);
  expect(await warehouse.executeScalar('SELECT current_schema()')).toBe(options.schema);
  await warehouse.close?.();
}, 60_000);
