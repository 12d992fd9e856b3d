import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMarkdownRenderer } from 'vitepress';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryLinks, siteLink } from './repository-links.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aegis-links-'));
  mkdirSync(join(root, 'packages/audit/src'), { recursive: true });
  writeFileSync(join(root, 'packages/audit/README.md'), '# audit');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('siteLink', () => {
  it.each([
    ['https://example.org/x', 'https://example.org/x'],
    ['#part', '#part'],
    ['../../VERSIONING.md#public', '../../VERSIONING.md#public'],
    ['../../packages/audit', '../../packages/audit/README.md'],
    ['../../packages/audit/#tables', '../../packages/audit/README.md#tables'],
    ['../../packages/audit/src/index.ts', undefined],
    ['../../LICENSE', undefined],
  ])('makes of %s %s', (href, expected) => {
    expect(siteLink(href, 'docs/how-to/a.md', root)).toBe(expected);
  });
});

it('leaves the words of a link that has no page', async () => {
  const markdown = await createMarkdownRenderer(root, { config: repositoryLinks(root) });
  const html = markdown.render('See [the `source`](../LICENSE) and [audit](../packages/audit).', {
    path: join(root, 'docs/a.md'),
    relativePath: 'docs/a.md',
    cleanUrls: true,
  });
  expect(html).toContain('See the <code');
  expect(html).toContain('href="./../packages/audit/README"');
});
