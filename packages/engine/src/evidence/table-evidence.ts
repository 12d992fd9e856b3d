import type { Row, Statement } from '@aegis/spec';
import type { StatementRunner } from '../execute/runner.js';
import { coFailingFacts } from './co-failing.js';
import { demandedValues, judgedColumn } from './condition-shape.js';
import { planDimensions } from './dimensions.js';
import { type EvidenceTable, evidenceTable, measure, sampleFailing } from './evidence-table.js';
import { exchangedProbes } from './exchanged-probes.js';
import type { Fact } from './fact.js';
import type { FailingCase } from './failing-case.js';
import { countFailingOverlaps, type FailingOverlaps } from './failing-overlaps.js';
import { knownTests } from './known-tests.js';
import { nearValueProbes } from './near-value-probes.js';
import { isOnset, onsetFact } from './onset.js';
import type { Probe } from './probe.js';
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

export type Cases = readonly [FailingCase, ...FailingCase[]];

/** Facts about the failing rows of rules of one table and filter, in the order of the cases; the most telling first. */
export const tableEvidence = async (cases: Cases, runner: StatementRunner): Promise<readonly (readonly Fact[])[]> => {
  const table = evidenceTable(cases, runner);
  const samples = await sampleFailing(table);
  const probes = await allProbes(table, samples);
  const whole = wholeRows(table, samples);
  const quick = await findingsOf({ ...table, asked: knownTests(cases, samples) }, samples, probes, whole);
  const findings = agrees(quick, samples) ? quick : await findingsOf(table, samples, probes, whole);
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

const allProbes = async (table: EvidenceTable, samples: readonly (readonly Row[])[]): Promise<readonly Probe[]> => {
  const perCase = table.cases.map(async (failing, test) => [
    ...probesOf(table, failing, test, samples[test] ?? []),
    ...(await referenceProbes(table, test, failing, samples[test] ?? [])),
  ]);
  return (await Promise.all(perCase)).flat();
};

const probesOf = (
  table: EvidenceTable,
  failing: FailingCase,
  test: number,
  sample: readonly Row[],
): readonly Probe[] => {
  const column = judgedColumn(failing.test);
  if (!column || failing.test.kind === 'duplicated') return [];
  const cells = sample.map((row) => row[column.name] ?? null);
  const demanded = column.type.kind === 'text' ? demandedValues(failing.test).map(({ value }) => value) : [];
  const inOrder = failing.prepared.target.columns.map(({ name }) => name);
  return [
    ...exchangedProbes(test, failing.test, table.columns, inOrder),
    ...(column.type.kind === 'text' ? textProbes(test, failing, column, cells) : []),
    ...nearValueProbes(test, column, cells, demanded, 'an accepted one'),
    ...valueProbes(test, column, cells),
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
