import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { manifest, workspaceWith } from '../architecture/__fixtures__/workspaces.js';
import { root } from '../root.js';
import { apiReport, publishedEntries } from './api-report.js';

const reportOn = (declarations: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'dist'));
  const packageJson = join(folder, 'package.json');
  const file = join(folder, 'dist/index.d.ts');
  writeFileSync(packageJson, JSON.stringify({ name: '@aegis/thing', version: '1.0.0', type: 'module' }));
  writeFileSync(file, declarations);
  return apiReport(
    root,
    { specifier: '@aegis/thing', reportName: 'thing.md', declarations: file, packageJson },
    folder,
  );
};

it('holds declarations in alphabetical order and no comments', () => {
  const report = reportOn(
    '/** Says two. */\nexport declare const two: 2;\nexport declare const one: (a: string) => 1;\n',
  );
  expect(report).toBe(
    '# @aegis/thing\n\n```ts\n\nexport const one: (a: string) => 1;\n\nexport const two: 2;\n\n```\n',
  );
});

it('shows types that are used without being exported', () => {
  expect(reportOn('interface Hidden { a: number }\nexport declare const make: () => Hidden;\nexport {};\n')).toContain(
    'interface Hidden {',
  );
});

it('has one report for every entry that has declarations', () => {
  const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
  const exports = { '.': entry('index'), './parse': entry('parse'), './package.json': './package.json' };
  const workspace = workspaceWith({ 'packages/sql/package.json': manifest('@aegis/sql', { exports }) });
  expect(publishedEntries(workspace).map(({ reportName }) => reportName)).toEqual([
    'core.md',
    'spec.md',
    'sql.md',
    'sql.parse.md',
    'warehouse-duckdb.md',
  ]);
});
