import { outcomes } from '@aegis/spec';
import { stringify } from 'yaml';
import { apiVersion, kind } from '../load/document-schema.js';
import type { RuleType } from '../type/rule-type.js';
import { type CatalogEntry, type CatalogParam, catalogEntry } from './catalog.js';

/** The reference page of a rule type, as Markdown that ends in a line feed. */
export const renderRuleTypeMarkdown = (type: RuleType): string => {
  const entry = catalogEntry(type);
  const sections = [
    `# \`${entry.name}\``,
    entry.summary,
    facts(entry),
    '## Example',
    `\`\`\`yaml\n${exampleRule(entry)}\`\`\``,
    '## Params',
    paramsTable(entry.params),
    ...sharedParams(entry),
    '## NULL, empty tables and special values',
    entry.edgeCases,
    '## What it decides',
    casesTable(type),
  ];
  return `${sections.join('\n\n')}\n`;
};

const facts = ({ category, unit }: CatalogEntry): string => `Category: ${category}. Counts: ${unit}.`;

const exampleRule = ({ name, example }: CatalogEntry): string =>
  stringify({
    rules: [
      {
        apiVersion,
        kind,
        metadata: { id: `orders_${name}`, description: 'What this protects.', owner: 'data-team' },
        scope: { table: 'orders' },
        logic: example,
      },
    ],
  });

/** Text within a table cell must not end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const paramsTable = (params: readonly CatalogParam[]): string =>
  params.length === 0
    ? 'None.'
    : table(
        ['Name', 'Value', 'Default', 'Meaning'],
        params.map((param) => [`\`${param.name}\``, param.type, defaultWords(param), param.description]),
      );

const defaultWords = ({ required, default: value }: CatalogParam): string => {
  if (value !== undefined) return `\`${value}\``;
  return required ? 'required' : '';
};

const sharedParams = ({ params, nulls, thresholds }: CatalogEntry): string[] => [
  ...(params.some(({ name }) => /^columns?$/.test(name)) ? [columnSpellings] : []),
  ...(nulls ? ['`nulls: fail` makes NULL a violation.'] : []),
  ...(thresholds.length > 0
    ? [
        `\`fail_if\` and \`warn_if\` set when violations fail or warn, in ${thresholds.join(', ')}, e.g. \`percent > 2.5\`; by default any fails.`,
      ]
    : []),
];

const columnSpellings = 'Columns may be written as `column` or `columns` here, or as `scope.columns`.';

const casesTable = ({ cases }: RuleType): string =>
  table(
    ['Case', 'Outcome', 'Failed'],
    [...cases]
      .sort((a, b) => outcomes.indexOf(a.expect.outcome) - outcomes.indexOf(b.expect.outcome))
      .map(({ title, expect }) => [title, `\`${expect.outcome}\``, String(expect.rowsFailed ?? '')]),
  );
