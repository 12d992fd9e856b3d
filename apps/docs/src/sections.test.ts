import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { navigationOf, titleOf } from './sections.js';

const docsWith = (files: { readonly [path: string]: string }): string => {
  const docs = mkdtempSync(join(tmpdir(), 'aegis-docs-'));
  onTestFinished(() => rmSync(docs, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), text);
  }
  return docs;
};

it('shows the sections that have pages, in their fixed order', () => {
  const docs = docsWith({
    'decisions/index.md': '# Decisions',
    'decisions/0001-a.md': '# 0001: A',
    'tutorial/first-run.md': '# First run',
    'explanation/security.md': '# Security',
    'how-to/notes.txt': 'no page',
  });
  expect(navigationOf(docs).nav).toEqual([
    { text: 'Tutorial', link: '/tutorial/first-run' },
    { text: 'Explanation', link: '/explanation/security' },
    { text: 'Decisions', link: '/decisions/' },
    { text: 'Glossary', link: '/glossary' },
  ]);
});

it('lists pages by file name under their titles and leaves index and template out', () => {
  const docs = docsWith({
    'decisions/index.md': '# Decisions',
    'decisions/template.md': '# NNNN: title',
    'decisions/0002-b.md': '# 0002: B',
    'decisions/0001-a.md': '# 0001: `A`',
  });
  expect(navigationOf(docs).sidebar).toEqual({
    '/decisions/': [
      {
        text: 'Decisions',
        items: [
          { text: '0001: A', link: '/decisions/0001-a' },
          { text: '0002: B', link: '/decisions/0002-b' },
        ],
      },
    ],
  });
});

it('groups the pages of a sub-folder under the title of its index', () => {
  const docs = docsWith({ 'reference/rules/index.md': '# Rule types', 'reference/rules/unique.md': '# `unique`' });
  expect(navigationOf(docs).sidebar['/reference/']).toEqual([
    {
      text: 'Reference',
      items: [
        {
          text: 'Rule types',
          link: '/reference/rules/',
          collapsed: true,
          items: [{ text: 'unique', link: '/reference/rules/unique' }],
        },
      ],
    },
  ]);
});

it('falls back to the file name for a page without a heading', () => {
  expect(titleOf('text only', 'a-page.md')).toBe('a-page');
});
