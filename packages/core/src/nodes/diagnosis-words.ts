import type { Diagnosis, Evidence, JsonValue } from '@aegis/spec';
import { changedKind } from '../rca/baseline/changed-table-facts.js';

type Fact = Omit<Evidence, 'id'>;

/** What facts come to, in words that claim no more than the facts do. Each cites its fact. */
export const diagnosisOf = (facts: readonly Fact[]): Diagnosis => {
  const evidence = facts.map((fact, index) => ({ id: `e${index + 1}`, ...fact }));
  const [first, second] = evidence.filter(isFirstOfKind);
  return {
    explanation: [first, second].flatMap((each) => (each ? [saidOf(each)] : [])).join(' ') || declared,
    likely_cause: (first && wordsOf[first.kind]?.cause) ?? null,
    recommended_action: (first && wordsOf[first.kind]?.action.replaceAll('{id}', first.id)) ?? null,
    evidence,
  };
};

const isFirstOfKind = ({ kind }: Evidence, index: number, evidence: readonly Evidence[]): boolean =>
  wordsOf[kind] !== undefined && evidence.findIndex((other) => wordsOf[other.kind] === wordsOf[kind]) === index;

const declared = 'The rule does not hold; its author wrote down where to look first.';

const saidOf = (fact: Evidence): string => {
  const words = wordsOf[fact.kind]?.says ?? '';
  const segment = words.includes('{segment}') ? segmentText(fact.numbers.values) : '';
  return `${words.replace('{segment}', segment)} (${fact.id}).`;
};

interface Words {
  readonly says: string;
  /** What would explain the fact; not that it is so. */
  readonly cause?: string;
  readonly action: string;
}

const segmentWords: Words = {
  says: 'Failures gather in part of the rows: {segment}',
  cause: 'A source or a step that these rows alone go through would explain it.',
  action: 'Compare how these rows are made with how all others are. The SQL of {id} counts them again after a change.',
};

const wordsOf: { readonly [kind: string]: Words } = {
  unit_factor: {
    says: 'The failing values look like the others in another unit',
    cause: 'A source that delivers another unit would explain it.',
    action: 'Ask in which unit these rows are delivered, and convert them where they are read.',
  },
  exchanged_columns: {
    says: 'Two columns may be exchanged',
    cause: 'A step that fills the two columns the wrong way round would explain it.',
    action: 'Compare the order of columns in the source with the one in which they are read.',
  },
  encoding: {
    says: 'Failing texts show the damage of a wrong conversion',
    cause: 'A step that reads or writes text in another encoding than it has would explain it.',
    action: 'Find the first step whose output shows the damage, and set the encoding of what it reads.',
  },
  near_miss: {
    says: 'Failing values are right ones, written differently',
    cause: 'A source that writes these values in a way of its own would explain it.',
    action: 'Bring the spelling into one form where the values are read. The SQL of {id} counts them again.',
  },
  default_value: {
    says: 'Failing rows hold a value that often stands for none',
    cause: 'A step that writes a default where a value is missing would explain it.',
    action: 'Find the step that fills in the default, and let it write NULL or reject the row.',
  },
  truncated: {
    says: 'Failing texts all end at one length',
    cause: 'A column or a file format that is too short for the values would explain it.',
    action: 'Look for a field of that length between the source and the table.',
  },
  repeated_rows: {
    says: 'Rows are repeated as a whole, not only in their keys',
    cause: 'A load that ran twice would explain it.',
    action: 'Look for loads that ran more than once, and make the load replace what it wrote before.',
  },
  distinct_rows: {
    says: 'Rows share keys and differ in other columns',
    cause: 'A join that multiplies rows, or a key that is not unique in the source, would explain it.',
    action: 'Look at two rows of one key, and at which columns they differ in.',
  },
  beyond_reference: {
    says: 'Keys lie beyond the last one of the reference',
    cause: 'A reference that is loaded later than this table would explain it.',
    action: 'Check until when the reference is loaded, and load it first.',
  },
  began: {
    says: 'Failures begin at one point of time: {segment}',
    cause: 'A change at that time, in a source or in a step, would explain it.',
    action: 'Look for what was deployed, delivered or changed at that time.',
  },
  segment_pair: segmentWords,
  segment: segmentWords,
  co_failing: {
    says: 'The same rows fail another rule',
    cause: 'One cause for both rules would explain it.',
    action: 'Look into both failures together.',
  },
  volume: {
    says: 'The table does not have its usual number of rows everywhere',
    cause: 'Loads that ran twice, in part or not at all would explain it.',
    action: 'Compare the loads of these times with those of others.',
  },
  [changedKind]: {
    says: 'The table is not what it was in the last run in which all rules about all of it held',
    cause: 'A change since that run, in a source or in a step, would explain it.',
    action: 'Look for what was deployed, delivered or changed since then. The SQL of {id} measures the table again.',
  },
  began_in_history: {
    says: 'The rule held in an earlier run',
    action: 'Look for what changed since that run.',
  },
  failing_values: {
    says: 'The failing rows share few values',
    action: 'Find out where these values come from. The SQL of {id} counts them again.',
  },
  failing_range: {
    says: 'The failing values lie in a known range',
    action: 'Look at the rows with the most extreme values.',
  },
};

/** `country 'DE' and price from '30' to before '35'`: values in quotes, as masking looks for short ones. */
const segmentText = (values: JsonValue | undefined): string =>
  Object.entries(isObject(values) ? values : {})
    .map(([column, value]) => `${column} ${valueText(value)}`)
    .join(' and ');

const valueText = (value: JsonValue): string => {
  if (value === null) return 'NULL';
  if (!Array.isArray(value)) return `'${String(value)}'`;
  const [from, to] = value.map((bound: JsonValue) => (bound === null ? null : `'${String(bound)}'`));
  if (from === null) return `${isTime(to) ? 'before' : '<'} ${to}`;
  if (to === null) return `${isTime(from) ? 'since' : '>='} ${from}`;
  return `from ${from} to before ${to}`;
};

const isTime = (bound: string | null | undefined): boolean => /^'\d{4}-\d{2}/.test(bound ?? '');

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
