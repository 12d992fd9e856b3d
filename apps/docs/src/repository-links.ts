import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/**
 * What a relative link of a page becomes on the site. A folder is its README, and a source file is no page: `undefined`.
 * @param page relative to `root`
 */
export const siteLink = (href: string, page: string, root: string): string | undefined => {
  const [, path = '', anchor = ''] = href.match(/^([^#]*)(#.*)?$/) ?? [];
  if (path === '' || /^([a-z]+:|\/)/i.test(path) || path.endsWith('.md')) return href;
  const folder = path.replace(/\/$/, '');
  return existsSync(join(root, dirname(page), folder, 'README.md')) ? `${folder}/README.md${anchor}` : undefined;
};

/** A markdown-it plugin: links of the repository as links of the site, and plain text where there is no page. */
export const repositoryLinks =
  (root: string) =>
  (markdown: MarkdownRenderer): void => {
    markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
      for (const { children } of tokens) if (children) relink(children, env.relativePath, root);
    });
  };

type Tokens = NonNullable<ReturnType<MarkdownRenderer['parse']>[number]['children']>;

const relink = (tokens: Tokens, page: string, root: string): void => {
  let isDropped = false;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const href = siteLink(token.attrGet('href') ?? '', page, root);
      isDropped = href === undefined;
      if (href !== undefined) token.attrSet('href', href);
    }
    if (isDropped && /^link_(open|close)$/.test(token.type)) Object.assign(token, { type: 'text', content: '' });
  }
};
