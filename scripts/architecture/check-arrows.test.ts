import { describe, expect, it } from 'vitest';
import { lines, manifest, workspaceWith } from './__fixtures__/workspaces.js';
import { checkArrows } from './check-arrows.js';

describe('checkArrows', () => {
  it('finds nothing in a faultless workspace', () => {
    expect(checkArrows(workspaceWith())).toEqual([]);
  });

  const arrowsOf = (changes: Parameters<typeof workspaceWith>[0]) => lines(checkArrows(workspaceWith(changes)));

  it('refuses a dependency against the table', () => {
    const dependencies = { '@aegis/core': 'workspace:^' };
    expect(arrowsOf({ 'packages/sql/package.json': manifest('@aegis/sql', { dependencies }) })).toEqual([
      'error packages/sql/package.json: may not depend on @aegis/core',
    ]);
  });

  it('refuses an adapter in sql even for development', () => {
    const devDependencies = { '@aegis/warehouse-duckdb': 'workspace:*' };
    expect(arrowsOf({ 'packages/sql/package.json': manifest('@aegis/sql', { devDependencies }) })).toEqual([
      'error packages/sql/package.json: may not depend on @aegis/warehouse-duckdb, not even for development',
    ]);
  });

  it('refuses any dependency of spec', () => {
    const dependencies = { zod: '^4.0.0' };
    expect(arrowsOf({ 'packages/spec/package.json': manifest('@aegis/spec', { dependencies }) })).toEqual([
      'error packages/spec/package.json: must have no dependencies',
    ]);
  });

  it.each([
    ["import { a } from '@aegis/core';", '@aegis/sql may not import @aegis/core'],
    ["import type { A } from '@aegis/core';", '@aegis/sql may not import @aegis/core'],
    ["export { a } from '@aegis/warehouse-duckdb';", '@aegis/sql may not import @aegis/warehouse-duckdb'],
    ["const load = () => import('@aegis/core');", '@aegis/sql may not import @aegis/core'],
    ["type A = import('@aegis/core').A;", '@aegis/sql may not import @aegis/core'],
    ["import { z } from 'zod';", 'zod is not among the dependencies of @aegis/sql'],
    ["import { a } from '../../spec/src/index.js';", '../../spec/src/index.js leaves the package'],
    [
      "import { a } from '@langchain/core/messages';",
      "only core's graph, state and checkpoint files import @langchain/core/messages",
    ],
  ])('refuses %s in sql', (code, message) => {
    expect(arrowsOf({ 'packages/sql/src/wrong.ts': `// first\n${code}\n` })).toEqual([
      `error packages/sql/src/wrong.ts:2: ${message}`,
    ]);
  });

  it('reads code, not text', () => {
    const code = "// import '@aegis/core'\nexport const text = \"import '@aegis/core'\";\n";
    expect(arrowsOf({ 'packages/sql/src/right.ts': code })).toEqual([]);
  });

  it('lets the graph of core import LangGraph and no other file of core', () => {
    const code = "import { StateGraph } from '@langchain/langgraph';\n";
    expect(arrowsOf({ 'packages/core/src/graph.ts': code, 'packages/core/src/run.ts': code })).toEqual([
      "error packages/core/src/run.ts:1: only core's graph, state and checkpoint files import @langchain/langgraph",
    ]);
  });

  it('lets core import lineage-ai only on demand', () => {
    expect(
      arrowsOf({
        'packages/core/src/explain.ts': "export const load = () => import('@aegis/lineage-ai');\n",
        'packages/core/src/debug.ts': "import { debugResult } from '@aegis/lineage-ai';\n",
      }),
    ).toEqual(['error packages/core/src/debug.ts:1: @aegis/lineage-ai may only be imported with import()']);
  });

  it('lets tests import what sources may not', () => {
    const code = "import { fake } from '@aegis/spec/fakes';\n";
    const dependencies = { '@aegis/spec': 'workspace:^' };
    expect(
      arrowsOf({
        'packages/core/package.json': manifest('@aegis/core', { dependencies }),
        'packages/core/src/run.test.ts': code,
        'packages/core/src/run.ts': code,
      }),
    ).toEqual(['error packages/core/src/run.ts:1: @aegis/core may not import @aegis/spec/fakes']);
  });

  it('asks for a line in the table for a new package', () => {
    expect(arrowsOf({ 'packages/novel/package.json': manifest('@aegis/novel') })).toEqual([
      'error packages/novel/package.json: @aegis/novel has no line in scripts/architecture/arrows.ts',
    ]);
  });
});
