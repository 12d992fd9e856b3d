import { describe, expect, it } from 'vitest';
import { lines, workspaceWith } from './__fixtures__/workspaces.js';
import { checkReach } from './check-reach.js';

describe('checkReach', () => {
  it('finds nothing in a faultless workspace', async () => {
    expect((await checkReach(workspaceWith())).findings).toEqual([]);
  });

  const reachedBy = async (changes: Parameters<typeof workspaceWith>[0]) =>
    lines((await checkReach(workspaceWith(changes))).findings);

  it('finds a builtin behind a browser-safe root and shows the way to it', async () => {
    expect(
      await reachedBy({
        'packages/sql/src/index.ts': "export { read } from './files/read.js';\n",
        'packages/sql/src/files/read.ts':
          "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      }),
    ).toEqual([
      'error packages/sql/src/index.ts: @aegis/sql reaches node:fs through packages/sql/src/index.ts → packages/sql/src/files/read.ts',
    ]);
  });

  it('follows imports into other packages of the workspace', async () => {
    expect(
      await reachedBy({
        'packages/sql/src/index.ts': "export { sep } from '@aegis/spec';\n",
        'packages/spec/src/index.ts': "export { sep } from 'path';\n",
      }),
    ).toContain(
      'error packages/sql/src/index.ts: @aegis/sql reaches node:path through packages/sql/src/index.ts → packages/spec/src/index.ts',
    );
  });

  it('lets a package that is not for browsers reach builtins', async () => {
    expect(await reachedBy({ 'packages/core/src/index.ts': "export { sep } from 'node:path';\n" })).toEqual([]);
  });

  it('keeps the parser out of every root, unless it is imported on demand', async () => {
    expect(await reachedBy({ 'packages/core/src/index.ts': "export { parse } from '@polyglot-sql/sdk';\n" })).toEqual([
      'error packages/core/src/index.ts: @aegis/core reaches @polyglot-sql/sdk through packages/core/src/index.ts',
    ]);
    expect(
      await reachedBy({ 'packages/core/src/index.ts': "export const load = () => import('@polyglot-sql/sdk');\n" }),
    ).toEqual([]);
  });

  it('reports a root that does not bundle', async () => {
    const [line] = await reachedBy({ 'packages/sql/src/index.ts': "export { a } from './gone.js';\n" });
    expect(line).toMatch(/^error packages\/sql\/src\/index\.ts: does not bundle: .*Could not resolve "\.\/gone\.js"/);
  });
});
