import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { DefaultTheme } from 'vitepress';

/** A page or a group of pages in the side bar. */
type SidebarEntry = DefaultTheme.SidebarItem;

/** A part of the site: a folder of docs/. */
interface Section {
  readonly title: string;
  /** Folder of the repository, which is also the path of its pages. */
  readonly folder: string;
}

/** The parts of the site in the order of the navigation. A part without pages is not shown. */
const sections: readonly Section[] = [
  { title: 'Tutorial', folder: 'docs/tutorial' },
  { title: 'How-to', folder: 'docs/how-to' },
  { title: 'Explanation', folder: 'docs/explanation' },
  { title: 'Reference', folder: 'docs/reference' },
  { title: 'Decisions', folder: 'docs/decisions' },
];

/** The title of a page: its first heading, or its file name. */
export const titleOf = (markdown: string, fileName: string): string =>
  markdown.match(/^# (.+)$/m)?.[1]?.replaceAll('`', '') ?? fileName.replace(/\.md$/, '');

const hiddenPages: ReadonlySet<string> = new Set(['index.md', 'template.md']);

/** Pages of a folder by file name, then its sub-folders; `root` is the absolute path of the repository. */
const entriesOf = (root: string, folder: string): SidebarEntry[] => {
  const found = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name));
  const pages = found.filter((entry) => entry.isFile() && entry.name.endsWith('.md') && !hiddenPages.has(entry.name));
  const folders = found.filter((entry) => entry.isDirectory());
  return [
    ...pages.map(({ name }) => pageEntry(root, folder, name)),
    ...folders.map(({ name }) => ({ ...groupEntry(root, `${folder}/${name}`), collapsed: true })),
  ];
};

const pageEntry = (root: string, folder: string, name: string): SidebarEntry => ({
  text: titleOf(readFileSync(join(root, folder, name), 'utf8'), name),
  link: `/${folder}/${name.replace(/\.md$/, '')}`,
});

const groupEntry = (root: string, folder: string): SidebarEntry => {
  const index = join(root, folder, 'index.md');
  const items = entriesOf(root, folder);
  const name = folder.split('/').at(-1) ?? folder;
  if (!existsSync(index)) return { text: name, items };
  return { text: titleOf(readFileSync(index, 'utf8'), name), link: `/${folder}/`, items };
};

export interface Navigation {
  readonly nav: DefaultTheme.NavItemWithLink[];
  readonly sidebar: { [path: string]: SidebarEntry[] };
}

/** Navigation and side bars of every section that has pages, and of the READMEs of packages. */
export const navigationOf = (root: string): Navigation => {
  const shown = [
    ...sections
      .filter(({ folder }) => existsSync(join(root, folder)))
      .map((section) => ({ ...section, entries: entriesOf(root, section.folder) })),
    { title: 'Packages', folder: 'packages', entries: packageEntries(root) },
  ].filter(({ entries }) => entries.length > 0);
  return {
    nav: [
      ...shown.map(({ title, folder, entries }) => ({ text: title, link: startOf(root, folder, entries) })),
      { text: 'Glossary', link: '/docs/glossary' },
    ],
    sidebar: Object.fromEntries(
      shown.map(({ title, folder, entries }) => [`/${folder}/`, [{ text: title, items: entries }]]),
    ),
  };
};

const packageEntries = (root: string): SidebarEntry[] =>
  globSync('packages/**/README.md', { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => ({
      text: titleOf(readFileSync(join(root, path), 'utf8'), path),
      link: `/${path.replace(/\.md$/, '')}`,
    }));

/** The index of a section, or its first page. */
const startOf = (root: string, folder: string, entries: SidebarEntry[]): string =>
  existsSync(join(root, folder, 'index.md')) ? `/${folder}/` : (firstLink(entries) ?? '/');

const firstLink = (entries: readonly SidebarEntry[]): string | undefined =>
  entries.map(({ link, items }) => link ?? firstLink(items ?? [])).find((link) => link !== undefined);
