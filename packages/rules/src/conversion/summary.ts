import type { Conversion } from './conversion.js';

/** How many checks of one kind there are, and what became of them. */
export interface CheckCount {
  /** What the other tool calls it. */
  readonly check: string;
  readonly converted: number;
  /** Of the converted: as a query. */
  readonly asQuery: number;
  readonly notConverted: number;
}

/** Counts by kind of check, in the order of their names; together they are all checks of the file. */
export const countChecks = ({ rules, notConverted }: Conversion): readonly CheckCount[] => {
  const counts = new Map<string, CheckCount>();
  for (const { check, asQuery } of rules) add(counts, check, { converted: 1, asQuery: asQuery === undefined ? 0 : 1 });
  for (const { check } of notConverted) add(counts, check, { notConverted: 1 });
  return [...counts.values()].sort((a, b) => (a.check < b.check ? -1 : 1));
};

const add = (counts: Map<string, CheckCount>, check: string, more: Partial<CheckCount>): void => {
  const before = counts.get(check) ?? { check, converted: 0, asQuery: 0, notConverted: 0 };
  counts.set(check, {
    check,
    converted: before.converted + (more.converted ?? 0),
    asQuery: before.asQuery + (more.asQuery ?? 0),
    notConverted: before.notConverted + (more.notConverted ?? 0),
  });
};

/** The summary in lines: what was converted by kind, and each check that was not, with its reason. */
export const summaryLines = (conversion: Conversion): readonly string[] => {
  const { rules, notConverted, notes } = conversion;
  const total = rules.length + notConverted.length;
  return [
    ...notes.map((note) => `note: ${note}`),
    `${total} check${total === 1 ? '' : 's'}: ${rules.length} converted, ${notConverted.length} not`,
    ...countChecks(conversion).map(countLine),
    ...(notConverted.length > 0 ? ['Not converted:'] : []),
    ...notConverted.map(
      ({ source, check, reason, hint }) => `  ${source} (${check}): ${reason}.${hint === undefined ? '' : ` ${hint}`}`,
    ),
  ];
};

const countLine = ({ check, converted, asQuery, notConverted }: CheckCount): string => {
  const query = asQuery === 0 ? '' : `, ${asQuery} as custom_sql`;
  const left = notConverted === 0 ? '' : `, ${notConverted} not`;
  return `  ${check}: ${converted} converted${query}${left}`;
};
