import { describe, expect, it } from 'vitest';
import { lines, manifest, workspaceWith } from './__fixtures__/workspaces.js';
import { checkFiles } from './check-files.js';

describe('checkFiles', () => {
  it('finds nothing in a faultless workspace', () => {
    expect(checkFiles(workspaceWith())).toEqual([]);
  });

  const filesOf = (changes: Parameters<typeof workspaceWith>[0]) => lines(checkFiles(workspaceWith(changes)));

  it('wants a README with the name as its title and an example that is checked', () => {
    expect(filesOf({ 'packages/sql/README.md': null, 'packages/core/README.md': '# Core\n' })).toEqual([
      'error packages/core/README.md: must begin with "# @aegis/core"',
      'error packages/core/README.md: has no example marked "ts run", "sh run" or "ts check"',
      'error packages/sql/README.md: is missing',
    ]);
  });

  it('wants tests, beside their sources', () => {
    expect(filesOf({ 'packages/sql/src/index.test.ts': null, 'packages/sql/test/index.test.ts': '' })).toEqual([
      'error packages/sql: has no test beside its sources',
      'error packages/sql/test/index.test.ts: tests lie beside the source they test, in src',
    ]);
  });

  it('refuses names that are not kebab-case or say nothing', () => {
    expect(
      filesOf({
        'packages/sql/src/badName.ts': '',
        'packages/sql/src/string-utils.ts': '',
        'packages/sql/src/bad_folder/a.ts': '',
      }),
    ).toEqual([
      'error packages/sql/src/badName.ts: file and folder names are kebab-case',
      'error packages/sql/src/bad_folder/a.ts: file and folder names are kebab-case',
      'error packages/sql/src/string-utils.ts: the name says nothing about what is inside',
    ]);
  });

  it('lets rule types keep their wire names', () => {
    expect(filesOf({ 'packages/sql/src/types/not_null/not-null.ts': '' })).toEqual([]);
  });

  it('refuses export * in an index', () => {
    expect(filesOf({ 'packages/sql/src/parse/index.ts': "export type A = 1;\nexport * from './a.js';\n" })).toEqual([
      'error packages/sql/src/parse/index.ts:2: an index names what it exports',
    ]);
  });

  it('warns of long sources and not of long tests', () => {
    const long = 'export {};\n'.repeat(401);
    expect(filesOf({ 'packages/sql/src/long.ts': long, 'packages/sql/src/long.test.ts': long })).toEqual([
      'warning packages/sql/src/long.ts: 401 lines: look for the second noun',
    ]);
  });

  it('wants the same files in every adapter', () => {
    expect(filesOf({ 'packages/warehouse-adapters/duckdb/src/duckdb-values.ts': null })).toEqual([
      'error packages/warehouse-adapters/duckdb/src/duckdb-values.ts: is missing: every adapter has the same files',
    ]);
  });

  it('wants the same files in every model adapter, with what its vendor answers', () => {
    const folder = 'packages/llm-adapters/acme';
    const files = ['index', 'acme-model', 'acme-options', 'acme-messages', 'acme-usage'];
    expect(
      filesOf({
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - packages/llm-adapters/*\n',
        [`${folder}/package.json`]: manifest('@aegis/llm-acme'),
        [`${folder}/README.md`]: '# @aegis/llm-acme\n\n```ts check\nexport {};\n```\n',
        [`${folder}/src/index.test.ts`]: '',
        ...Object.fromEntries(files.map((file) => [`${folder}/src/${file}.ts`, ''])),
      }),
    ).toEqual([
      `error ${folder}/src/acme-errors.ts: is missing: every adapter has the same files`,
      `error ${folder}/src/acme.conformance.test.ts: is missing: every adapter has the same files`,
      `error ${folder}/src/__fixtures__: is missing: every adapter has the same files`,
    ]);
  });
});
