import type { Rule, TracedDataset } from '@aegis/spec';
import { loadParser, type SqlNode } from '@aegis/sql/parse';
import { deriveRule } from '../derive-rule.js';
import type { Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import type { Reading } from '../reading.js';
import type { TraceIndex } from '../trace-index.js';
import { type Candidate, candidatesOf, type ReadStep, readStep } from './candidates.js';
import { chainFrom, madeOrder } from './chain.js';
import { recomputed } from './recompute.js';
import { type RelevantColumns, relevantColumns } from './relevant-columns.js';
import { virtualName } from './virtual-table.js';

/** What a table would be without one part of a statement that it is made by. */
export interface Trial {
  readonly candidate: Candidate;
  /** In the order of the symptoms. */
  readonly readings: readonly Reading[];
  /** In the order of the rules that hold. */
  readonly guards: readonly Reading[];
}

interface TrialRequest {
  /** Failures of the table that the trace is of. */
  readonly symptoms: readonly Symptom[];
  /** Columns that the failures are about; `undefined` where they are about whole rows. */
  readonly columns: readonly string[] | undefined;
  /** Rules of the same table that hold, and have to go on holding. */
  readonly guards: readonly Rule[];
}

/** Most trials for one table: each may read everything that the table is made from. */
const mostTrials = 24;

/** Tries parts of every step, the suspicious ones first. Steps that cannot be read, and what is made of them, are left out. */
export const runTrials = async (request: TrialRequest, index: TraceIndex, lab: Lab): Promise<readonly Trial[]> => {
  const parser = await loadParser();
  const grammar = lab.dialectOf(index.target).parserName;
  const render = (node: SqlNode) => parser.render(node, grammar);
  const steps = new Map<string, ReadStep>();
  for (const dataset of madeOrder(index)) {
    const step = readStep(dataset, index, parser, grammar);
    if (step) steps.set(dataset.id, step);
  }
  const relevant = request.columns && relevantColumns(index, index.target.id, request.columns);
  const candidates = [...steps.values()]
    .flatMap((step) => candidatesOf(step, relevantIn(relevant, step.dataset), index, render))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostTrials);
  const run = (candidate: Candidate) => trial(candidate, request, steps, render, index, lab).catch(() => undefined);
  return (await Promise.all(candidates.map(run))).flatMap((each) => each ?? []);
};

const nothing: ReadonlySet<string> = new Set();

const relevantIn = (relevant: RelevantColumns | undefined, { id }: TracedDataset): ReadonlySet<string> | undefined =>
  relevant && (relevant.get(id) ?? nothing);

const trial = async (
  candidate: Candidate,
  { symptoms, guards }: TrialRequest,
  steps: ReadonlyMap<string, ReadStep>,
  render: (node: SqlNode) => string,
  index: TraceIndex,
  lab: Lab,
): Promise<Trial | undefined> => {
  const chain = chainFrom(candidate.step.dataset, index);
  const queries = new Map(
    chain.map(
      ({ id }) => [id, id === candidate.step.dataset.id ? candidate.queries : queriesOf(steps.get(id))] as const,
    ),
  );
  const virtual = recomputed(chain, queries, render);
  if (!virtual) return undefined;
  const elsewhere = (id: string) => ({
    ...{ id, table: virtualName(virtual.name), warehouse: lab.warehouseNameOf(index.target) },
    column: (name: string) => name,
  });
  const dialect = lab.dialectOf(index.target);
  const asked = [...symptoms.map(({ rule }) => rule), ...guards].map((rule) =>
    deriveRule(rule, elsewhere(rule.id), lab.types, dialect),
  );
  const readings = await lab.judgeVirtual(index.target, virtual, asked);
  return {
    candidate,
    readings: readings.slice(0, symptoms.length),
    guards: readings.slice(symptoms.length),
  };
};

const queriesOf = (step: ReadStep | undefined): readonly SqlNode[] =>
  (step?.statements ?? []).map(({ query }) => query);
