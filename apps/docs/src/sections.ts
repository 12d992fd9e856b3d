import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';

/** A page or a group of pages in the side bar. */
type SidebarEntry = DefaultTheme.SidebarItem;

/** A part of the site: a folder of docs/. */
interface Section {
  readonly title: string;
  /** Folder below docs/, which is also the path of its pages. */
  readonly folder: string;
}

/** The parts of the site in the order of the navigation. A part without pages is not shown. */
const sections: readonly Section[] = [
  { title: 'Tutorial', folder: 'tutorial' },
  { title: 'How-to', folder: 'how-to' },
  { title: 'Explanation', folder: 'explanation' },
  { title: 'Reference', folder: 'reference' },
  { title: 'Decisions', folder: 'decisions' },
];

/** The title of a page: its first heading, or its file name. */
export const titleOf = (markdown: string, fileName: string): string =>
  markdown.match(/^# (.+)$/m)?.[1]?.replaceAll('`', '') ?? fileName.replace(/\.md$/, '');

const hiddenPages: ReadonlySet<string> = new Set(['index.md', 'template.md']);

/** Pages of a folder by file name, then its sub-folders; `docs` is the absolute path of docs/. */
const entriesOf = (docs: string, folder: string): SidebarEntry[] => {
  const found = readdirSync(join(docs, folder), { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name));
  const pages = found.filter((entry) => entry.isFile() && entry.name.endsWith('.md') && !hiddenPages.has(entry.name));
  const folders = found.filter((entry) => entry.isDirectory());
  return [
    ...pages.map(({ name }) => pageEntry(docs, folder, name)),
    ...folders.map(({ name }) => ({ ...groupEntry(docs, `${folder}/${name}`), collapsed: true })),
  ];
};

const pageEntry = (docs: string, folder: string, name: string): SidebarEntry => ({
  text: titleOf(readFileSync(join(docs, folder, name), 'utf8'), name),
  link: `/${folder}/${name.replace(/\.md$/, '')}`,
});

const groupEntry = (docs: string, folder: string): SidebarEntry => {
  const index = join(docs, folder, 'index.md');
  const items = entriesOf(docs, folder);
  const name = folder.split('/').at(-1) ?? folder;
  if (!existsSync(index)) return { text: name, items };
  return { text: titleOf(readFileSync(index, 'utf8'), name), link: `/${folder}/`, items };
};

export interface Navigation {
  readonly nav: DefaultTheme.NavItemWithLink[];
  readonly sidebar: { [path: string]: SidebarEntry[] };
}

/** Navigation and side bars of every section that has pages. */
export const navigationOf = (docs: string): Navigation => {
  const shown = sections
    .filter(({ folder }) => existsSync(join(docs, folder)))
    .map((section) => ({ ...section, entries: entriesOf(docs, section.folder) }))
    .filter(({ entries }) => entries.length > 0);
  return {
    nav: [
      ...shown.map(({ title, folder, entries }) => ({ text: title, link: startOf(docs, folder, entries) })),
      { text: 'Glossary', link: '/glossary' },
    ],
    sidebar: Object.fromEntries(
      shown.map(({ title, folder, entries }) => [`/${folder}/`, [{ text: title, items: entries }]]),
    ),
  };
};

/** The index of a section, or its first page. */
const startOf = (docs: string, folder: string, entries: SidebarEntry[]): string =>
  existsSync(join(docs, folder, 'index.md')) ? `/${folder}/` : (firstLink(entries) ?? '/');

const firstLink = (entries: readonly SidebarEntry[]): string | undefined =>
  entries.map(({ link, items }) => link ?? firstLink(items ?? [])).find((link) => link !== undefined);
