import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { navigationOf, titleOf } from './sections.js';

const repositoryWith = (files: { readonly [path: string]: string }): string => {
  const root = mkdtempSync(join(tmpdir(), 'aegis-docs-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

it('shows the sections that have pages, in their fixed order', () => {
  const root = repositoryWith({
    'docs/decisions/index.md': '# Decisions',
    'docs/decisions/0001-a.md': '# 0001: A',
    'docs/tutorial/first-run.md': '# First run',
    'docs/explanation/security.md': '# Security',
    'docs/how-to/notes.txt': 'no page',
  });
  expect(navigationOf(root).nav).toEqual([
    { text: 'Tutorial', link: '/docs/tutorial/first-run' },
    { text: 'Explanation', link: '/docs/explanation/security' },
    { text: 'Decisions', link: '/docs/decisions/' },
    { text: 'Glossary', link: '/docs/glossary' },
  ]);
});

it('lists pages by file name under their titles and leaves index and template out', () => {
  const root = repositoryWith({
    'docs/decisions/index.md': '# Decisions',
    'docs/decisions/template.md': '# NNNN: title',
    'docs/decisions/0002-b.md': '# 0002: B',
    'docs/decisions/0001-a.md': '# 0001: `A`',
  });
  expect(navigationOf(root).sidebar).toEqual({
    '/docs/decisions/': [
      {
        text: 'Decisions',
        items: [
          { text: '0001: A', link: '/docs/decisions/0001-a' },
          { text: '0002: B', link: '/docs/decisions/0002-b' },
        ],
      },
    ],
  });
});

it('groups the pages of a sub-folder under the title of its index', () => {
  const root = repositoryWith({
    'docs/reference/rules/index.md': '# Rule types',
    'docs/reference/rules/unique.md': '# `unique`',
  });
  expect(navigationOf(root).sidebar['/docs/reference/']).toEqual([
    {
      text: 'Reference',
      items: [
        {
          text: 'Rule types',
          link: '/docs/reference/rules/',
          collapsed: true,
          items: [{ text: 'unique', link: '/docs/reference/rules/unique' }],
        },
      ],
    },
  ]);
});

it('lists the READMEs of packages, and of nothing that was installed into them', () => {
  const root = repositoryWith({
    'packages/warehouse-adapters/duckdb/README.md': '# @aegis/warehouse-duckdb',
    'packages/audit/README.md': '# @aegis/audit',
    'packages/audit/node_modules/zod/README.md': '# zod',
  });
  expect(navigationOf(root).sidebar['/packages/']).toEqual([
    {
      text: 'Packages',
      items: [
        { text: '@aegis/audit', link: '/packages/audit/README' },
        { text: '@aegis/warehouse-duckdb', link: '/packages/warehouse-adapters/duckdb/README' },
      ],
    },
  ]);
});

it('falls back to the file name for a page without a heading', () => {
  expect(titleOf('text only', 'a-page.md')).toBe('a-page');
});
