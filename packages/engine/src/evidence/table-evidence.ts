import type { Row, Statement } from '@aegis/spec';
import { coFailingFacts } from './co-failing.js';
import { demandedValues, judgedColumn } from './condition-shape.js';
import { planDimensions } from './dimensions.js';
import { type EvidenceTable, measure, sampleFailing } from './evidence-table.js';
import { exchangedProbes } from './exchanged-probes.js';
import type { Fact } from './fact.js';
import type { FailingCase } from './failing-case.js';
import { countFailingOverlaps, type FailingOverlaps } from './failing-overlaps.js';
import { knownTests } from './known-tests.js';
import { nearValueProbes } from './near-value-probes.js';
import { isOnset, onsetFact } from './onset.js';
import type { Guess, Probe } from './probe.js';
import { probeFact } from './probe-fact.js';
import { promisingProbes } from './promising-probes.js';
import { referenceProbes } from './reference-probes.js';
import { repeatedRowsFact, type WholeRows, wholeRows, wholeRowTest } from './repeated-rows.js';
import type { FoundSegment } from './segment.js';
import { segmentFact } from './segment-facts.js';
import { splitOf } from './single-segments.js';
import { type CountedTable, countTable, findSegments, wholeOf } from './table-segments.js';
import type { Split } from './tail-probability.js';
import { textProbes } from './text-probes.js';
import { valueProbes } from './value-probes.js';
import { profileFacts, type ValueProfile } from './value-profile.js';

/** A rule with some of its failing rows, and what may be guessed from them. */
export interface LookedAt {
  readonly failing: FailingCase;
  readonly sample: readonly Row[];
  readonly guesses: readonly Guess[];
}

/** What the statements about one rule alone say. */
export const lookAt = async (failing: FailingCase, table: EvidenceTable): Promise<LookedAt> => {
  const sample = await sampleFailing(table, failing);
  const guesses = [...guessesOf(table, failing, sample), ...(await referenceProbes(table, failing, sample))];
  return { failing, sample, guesses };
};

/** Facts about the failing rows of rules of one table and filter, in their order; the most telling first. */
export const tableEvidence = async (
  looked: readonly LookedAt[],
  whole: EvidenceTable,
): Promise<readonly (readonly Fact[])[]> => {
  const cases = looked.map(({ failing }) => failing);
  const samples = looked.map(({ sample }) => sample);
  const probes = looked.flatMap((each, test) => each.guesses.map((guess) => ({ ...guess, test })));
  const table = { ...whole, cases, asked: cases.map(({ test }) => test) };
  const repeated = wholeRows(table, samples);
  const quick = await findingsOf({ ...table, asked: knownTests(cases, samples) }, samples, probes, repeated);
  const findings = agrees(quick, samples) ? quick : await findingsOf(table, samples, probes, repeated);
  return cases.map((_, test) => factsOf(findings, test));
};

/** What was counted for all rules of a table. */
interface Findings {
  readonly table: EvidenceTable;
  readonly counted: CountedTable;
  readonly overlaps: FailingOverlaps;
  readonly guesses: readonly { readonly probe: Probe; readonly split: Split }[];
  /** In the order of the cases, as `profiles` are. */
  readonly segments: readonly (readonly FoundSegment[])[];
  readonly profiles: readonly (ValueProfile | undefined)[];
  readonly whole: WholeRows | undefined;
}

const findingsOf = async (
  table: EvidenceTable,
  samples: readonly (readonly Row[])[],
  probes: readonly Probe[],
  whole: WholeRows | undefined,
): Promise<Findings> => {
  const overlaps = await countFailingOverlaps(table, whole ? [wholeRowTest(whole, table.asked)] : [], probes);
  const promising = promisingProbes(probes, overlaps);
  const { bounds, profiles, guessed } = await measure(table, samples, promising);
  const counted = await countTable(table, planDimensions(table.columns, samples, bounds, table.timezone));
  const guesses = promising.map(({ probe, failing }, index) => {
    const whole = wholeOf(counted.counts.total, probe.test);
    return { probe, split: splitOf(whole, guessed[index] ?? 0, failing) };
  });
  return { table, counted, overlaps, guesses, segments: await findSegments(table, counted), profiles, whole };
};

/**
 * Whether keys that a sample showed find the rows that it showed: not so where the engine shows values in another form than
 * it compares, or where rows have come since.
 */
const agrees = ({ table, counted }: Findings, samples: readonly (readonly Row[])[]): boolean =>
  table.asked.every(
    (test, index) =>
      test === table.cases[index]?.test || counted.counts.total.failing[index] === samples[index]?.length,
  );

const guessesOf = (table: EvidenceTable, failing: FailingCase, sample: readonly Row[]): readonly Guess[] => {
  const column = judgedColumn(failing.test);
  if (!column || failing.test.kind === 'duplicated') return [];
  const cells = sample.map((row) => row[column.name] ?? null);
  const demanded = column.type.kind === 'text' ? demandedValues(failing.test).map(({ value }) => value) : [];
  const inOrder = failing.prepared.target.columns.map(({ name }) => name);
  return [
    ...exchangedProbes(failing.test, table.columns, inOrder),
    ...(column.type.kind === 'text' ? textProbes(failing, column, cells) : []),
    ...nearValueProbes(column, cells, demanded, 'an accepted one'),
    ...valueProbes(column, cells),
  ];
};

const mostFacts = 4;

const factsOf = (findings: Findings, test: number): readonly Fact[] => {
  const { table, counted, overlaps, guesses, profiles, segments, whole } = findings;
  const failing = table.cases[test];
  if (!failing) return [];
  const write = (statement: Statement) => table.runner.warehouse.dialect.statement(statement);
  const scope = { from: table.from, test: failing.test };
  const { total } = counted.counts;
  const right = guesses
    .filter(({ probe }) => probe.test === test)
    .flatMap(({ probe, split }) => probeFact(probe, split, scope, write) ?? []);
  const profile = profiles[test];
  const values = profile ? profileFacts(failing, profile, write) : [];
  const found = (segments[test] ?? []).map((segment) =>
    isOnset(segment) ? onsetFact(segment, scope, write) : segmentFact(segment, scope, write),
  );
  const repeated = whole ? repeatedRowsFact(table, test, whole, total, overlaps, write) : [];
  const all = [...right, ...repeated, ...found, ...coFailingFacts(table, test, total, overlaps, write), ...values];
  return mostTelling(all);
};

/** What explains by itself comes before where it happens, and that before what merely describes. */
const order = [
  ...['unit_factor', 'exchanged_columns', 'encoding', 'near_miss', 'default_value', 'truncated', 'repeated_rows'],
  ...[
    'beyond_reference',
    'began',
    'segment_pair',
    'segment',
    'co_failing',
    'failing_values',
    'failing_range',
    'distinct_rows',
  ],
];

const mostTelling = (facts: readonly Fact[]): readonly Fact[] =>
  facts.toSorted((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind)).slice(0, mostFacts);
