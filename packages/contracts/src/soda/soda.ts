import { type Drafted, refused, toConversion } from '@aegis/rules/conversion';
import { duckdbDialect } from '@aegis/sql';
import type { Importer } from '../import/importer.js';
import { type Fault, faulty, type Path, type SourceDocument } from '../source/source-document.js';
import { isMapping } from '../source/values.js';
import { type SqlWords, sqlWords } from '../words/sql-words.js';
import { convertCheck, readCheck } from './convert-check.js';
import { readHeader } from './header.js';
import { type CheckSection, type OpenSection, readSections, type Sections } from './sections.js';

/** Checks in SodaCL, as Soda Core 3 reads them. */
export const soda: Importer = {
  name: 'soda',
  title: 'checks of Soda (SodaCL)',
  recognise: ({ value }) =>
    isMapping(value) &&
    Object.keys(value).some((key) => ['checks', 'each dataset', 'filter'].includes(readHeader(key).kind)),
  convert: (document, { dialect = duckdbDialect }) => {
    const words = sqlWords(dialect);
    const sections = readSections(readFile(document));
    const placed = [
      ...sections.checked.flatMap((section) => converted(section, sections, words)),
      ...sections.open.flatMap(leftOpen),
      ...sections.unknown.map((title): Placed => ({ path: [title], drafted: unknownSection(title) })),
    ];
    const paths = new Map(placed.map(({ path, drafted }) => [drafted.source, path]));
    return toConversion(
      placed.map(({ drafted }) => drafted),
      sections.settings.map((title) => `"${title}" checks nothing and was left out`),
      ({ source }) => ({ location: document.locate(paths.get(source) ?? []) }),
    );
  },
};

interface Placed {
  readonly path: Path;
  readonly drafted: Drafted;
}

const readFile = (document: SourceDocument): { readonly [title: string]: unknown } => {
  if (isMapping(document.value)) return document.value;
  const fault: Fault = {
    path: [],
    message: 'checks of Soda are sections with lists of checks',
    hint: 'A section is named `checks for TABLE`.',
  };
  throw faulty(document, [fault]);
};

const converted = (section: CheckSection, sections: Sections, words: SqlWords): readonly Placed[] =>
  section.checks.flatMap((entry, index) => {
    const path = [...section.path, index];
    const source = sourceOf(section, index);
    const check = readCheck(entry);
    if (check?.line === 'attributes') return [];
    const drafted = check
      ? convertCheck(
          {
            ...check,
            config: { ...shared(section), ...check.config },
            source,
            table: section.table,
            filter: section.filter,
            words,
          },
          sections,
        )
      : [refused({ source, check: 'check' }, 'it is no line with keys below it')];
    return drafted.map((each) => ({ path, drafted: each }));
  });

/** Attributes that stand in the list are those of all checks of the section. */
const shared = ({ checks }: CheckSection): { readonly attributes?: unknown } => {
  const found = checks.map(readCheck).find((check) => check?.line === 'attributes');
  return found ? { attributes: found.config } : {};
};

/** A section for several datasets has every check once for each. */
const sourceOf = ({ path: [title, ...inner], table }: CheckSection, index: number): string =>
  [title, ...(inner.length > 0 ? [table] : []), index + 1].join('/');

const leftOpen = ({ path, title, reason, checks }: OpenSection): readonly Placed[] =>
  checks.map((entry, index) => ({
    path: [...path, index],
    drafted: refused({ source: `${title}/${index + 1}`, check: readCheck(entry)?.line ?? 'check' }, reason),
  }));

const unknownSection = (title: string): Drafted =>
  refused({ source: title, check: 'section' }, 'the section is not understood');
