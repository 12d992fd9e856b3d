import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from '../root.js';
import { bundleSources } from './bundle-sources.js';

const folder = mkdtempSync(join(tmpdir(), 'aegis-bundle-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = (name: string, text: string) =>
  bundleSources([{ name, text, folder: join(root, 'packages/audit'), title: 'made-up.md:3' }], folder);

it('makes a program of an example, with the sources and with what is installed where the example lies', async () => {
  const lines = [
    "import { formatLocation } from '@aegis/spec';",
    "import Database from 'better-sqlite3';",
    'const rows: unknown = new Database(":memory:").prepare("SELECT 1 AS one").all();',
    'console.log(typeof formatLocation, JSON.stringify(rows));',
  ];
  await bundle('example', lines.join('\n'));
  expect(execFileSync(process.execPath, [join(folder, 'example.mjs')], { encoding: 'utf8' })).toBe(
    'function [{"one":1}]\n',
  );
});

it('names the example whose import leads nowhere', async () => {
  await expect(bundle('broken', "import './nowhere.js';")).rejects.toThrow(/made-up\.md:3.*nowhere/s);
});
