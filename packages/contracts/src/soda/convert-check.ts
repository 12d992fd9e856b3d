import { allOf, type Draft, type Drafted, readsMore, refused, sound, standsAlone } from '@aegis/rules/conversion';
import { isMapping } from '../source/values.js';
import { ifWritable } from '../words/if-writable.js';
import type { SqlWords } from '../words/sql-words.js';
import { type CheckLine, readCheckLine } from './check-line.js';
import type { CheckCase, Meaning, SameRule } from './meanings/check-case.js';
import { none } from './meanings/check-case.js';
import { duplicates, invalid, missing, validCount } from './meanings/counts.js';
import { aggregates, ownFigure, rowCount } from './meanings/figures.js';
import { failedRows, freshness, references, sameRowCount, schema } from './meanings/others.js';
import { columnKey, type Sections } from './sections.js';
import { filledIn, openVariable } from './variables.js';
import { inverse, readZone, type Zone } from './zone.js';

/** A check of a section, as the file has it. */
export interface WrittenCheck {
  /** The line of the check. */
  readonly line: string;
  /** What stands below it. */
  readonly config: { readonly [key: string]: unknown };
  readonly source: string;
  readonly table: string;
  readonly filter: string | undefined;
  readonly words: SqlWords;
}

/** Reads an entry of a list of checks; `undefined` for what is no check. */
export const readCheck = (entry: unknown): Pick<WrittenCheck, 'line' | 'config'> | undefined => {
  if (typeof entry === 'string') return { line: entry, config: {} };
  if (!isMapping(entry)) return undefined;
  const [first, ...others] = Object.entries(entry);
  if (first === undefined || others.length > 0) return undefined;
  const [line, config] = first;
  return isMapping(config) || config === null || config === undefined ? { line, config: config ?? {} } : undefined;
};

/** The rules of a check, or why there are none. */
export const convertCheck = (written: WrittenCheck, { fill, configured }: Sections): readonly Drafted[] => {
  const check = {
    ...written,
    ...(filledIn({ line: written.line, config: written.config, filter: written.filter }, fill) as object),
  };
  const line = readCheckLine(check.line);
  const named = { source: check.source, check: kindOf(line) };
  const open = openVariable([check.table, check.line, check.config, check.filter]);
  if (open !== undefined)
    return [refused(named, `${open} gets its value only when Soda runs`, 'Give it one under `variables`.')];
  const meaning = ifWritable(() => meaningOf(line, check, configured), none);
  const parts = meaning.length === 0 ? none('it has no condition') : meaning;
  return parts.map((part) => {
    const own = part.part === undefined ? named : { ...named, source: `${named.source}/${part.part}` };
    return part.kind === 'none' ? refused(own, part.reason, part.hint) : asRule(check, own, part);
  });
};

const kindOf = (line: CheckLine): string => {
  if (line.kind === 'metric') return line.metric;
  if (line.kind === 'named') return line.name;
  if (line.kind === 'reference') return 'reference';
  return line.kind === 'same rows' ? 'row_count same as' : line.kind === 'over time' ? 'change over time' : 'check';
};

const overTime = none(
  'it compares with what Soda measured before',
  'Write a rule of type learned_threshold: it learns from the history of Aegis.',
);

const ofGroups = none('no rule looks at groups', 'Write a rule of type custom_sql.');

const meaningOf = (line: CheckLine, check: WrittenCheck, configured: Sections['configured']): Meaning => {
  if (line.kind === 'unknown') return none('its line is not understood');
  if (line.kind === 'over time') return overTime;
  if (line.kind === 'reference') return references(line);
  if (line.kind === 'same rows') return sameRowCount(line);
  const zones = zonesOf(line, check.config);
  if (zones === undefined) return none('its condition is not understood');
  if (line.kind === 'named') return namedMeaning(line.name, caseOf(check, [], zones, configured));
  if (line.metric === 'freshness') return freshness({ ...caseOf(check, line.args, zones, configured) }, line.passes);
  return metricMeaning(line.metric, caseOf(check, line.args, zones, configured));
};

const namedMeaning = (name: string, check: CheckCase): Meaning => {
  if (name === 'schema') return schema(check);
  return name === 'failed rows' ? failedRows(check) : ofGroups;
};

const counts: { readonly [metric: string]: (check: CheckCase) => Meaning } = {
  row_count: rowCount,
  missing_count: missing('rows'),
  missing_percent: missing('percent'),
  invalid_count: invalid('rows'),
  invalid_percent: invalid('percent'),
  valid_count: validCount,
  duplicate_count: duplicates('rows'),
  duplicate_percent: duplicates('percent'),
};

const metricMeaning = (metric: string, check: CheckCase): Meaning => {
  if (check.fails === undefined && check.warns === undefined) return none('it has no condition');
  if (Object.hasOwn(counts, metric)) return counts[metric]?.(check) ?? [];
  if (Object.hasOwn(aggregates, metric)) return aggregates[metric]?.(check) ?? [];
  return metric === 'percentile' ? none('no rule type is about percentiles') : ownFigure(check, metric);
};

interface Zones {
  readonly fails: Zone | undefined;
  readonly warns: Zone | undefined;
}

/** What may not be: the opposite of what the line says, or what is written after `when`. */
const zonesOf = (line: CheckLine, { fail, warn }: WrittenCheck['config']): Zones | undefined => {
  const isOther =
    (line.kind === 'metric' && line.metric === 'freshness') || (line.kind === 'named' && line.name === 'schema');
  if (isOther) return { fails: undefined, warns: undefined };
  const passes = line.kind === 'metric' ? line.passes : undefined;
  const pass = passes === undefined ? undefined : readZone(passes);
  const [fails, warns] = [passes === undefined ? when(fail) : pass && inverse(pass), when(warn)];
  const isLost =
    (passes !== undefined && !pass) ||
    (passes === undefined && fail !== undefined && !fails) ||
    (warn !== undefined && !warns);
  return isLost ? undefined : { fails, warns };
};

const when = (condition: unknown): Zone | undefined =>
  typeof condition === 'string' && condition.startsWith('when ') ? simplified(readZone(condition.slice(5))) : undefined;

const simplified = (zone: Zone | undefined): Zone | undefined => zone && inverse(inverse(zone));

const caseOf = (
  { table, config, words }: WrittenCheck,
  args: readonly string[],
  zones: Zones,
  configured: Sections['configured'],
): CheckCase => {
  const [column] = args;
  const ofColumn = column === undefined ? undefined : configured.get(columnKey(table, column));
  return { args, ...zones, config: { ...ofColumn, ...config }, words };
};

const asRule = (check: WrittenCheck, named: Pick<Draft, 'source' | 'check'>, rule: SameRule): Drafted => {
  const own = check.config.filter;
  const conditions = rule.isUnfiltered ? [] : [check.filter, typeof own === 'string' ? own : undefined, rule.where];
  if (conditions.some((sql) => sql !== undefined && !standsAlone(sql)))
    return refused(named, 'its filter has a bracket, a quote or a comment that is not closed');
  const where = allOf(conditions);
  if (where !== undefined && readsMore(where)) return refused(named, 'its filter reads more than one row');
  return sound(draftOf(check, named, rule, where));
};

const draftOf = (
  { table, line, config }: WrittenCheck,
  named: Pick<Draft, 'source' | 'check'>,
  { logic, asQuery, isWarning, part }: SameRule,
  where: string | undefined,
): Draft => {
  const title = typeof config.name === 'string' ? config.name.trim() : '';
  return {
    kind: 'draft',
    ...named,
    name: [table, title === '' ? line : title, ...(part === undefined ? [] : [part])].join('.'),
    asQuery,
    severity: isWarning ? 'low' : 'high',
    ...attributesOf(config.attributes),
    description: title === '' ? `Soda check: ${line} on ${table}.` : title,
    scope: { table, ...(where !== undefined && { where }) },
    logic,
  };
};

/** An owner and tags are what rules have too; other attributes become tags. */
const attributesOf = (attributes: unknown): Pick<Draft, 'owner' | 'tags'> => {
  const { owner, tags, ...others } = isMapping(attributes) ? attributes : {};
  const more = Object.entries(others).map(([key, value]) => `${key}=${String(value)}`);
  const listed = Array.isArray(tags) ? tags.map(String) : [];
  return { owner: typeof owner === 'string' ? owner : undefined, tags: ['soda', ...listed, ...more] };
};
