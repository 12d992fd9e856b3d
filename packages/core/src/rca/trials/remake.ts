import type { Rule, TracedDataset } from '@aegis/spec';
import { loadParser, type SqlNode } from '@aegis/sql/parse';
import { deriveRule } from '../derive-rule.js';
import type { Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import type { Reading } from '../reading.js';
import type { TraceIndex } from '../trace-index.js';
import { type ReadStep, readStep } from './candidates.js';
import { chainFrom, madeOrder } from './chain.js';
import { recomputed } from './recompute.js';
import { virtualName } from './virtual-table.js';

/** What is judged over a table that is made anew. */
export interface RemakeRequest {
  /** Failures of the table that the trace is of. */
  readonly symptoms: readonly Symptom[];
  /** Rules of the same table that hold. */
  readonly guards: readonly Rule[];
}

/** Readings of a table that is made anew, in the order of what was asked. */
export interface Remade {
  readonly readings: readonly Reading[];
  readonly guards: readonly Reading[];
}

/** Makes the failing table anew by the statements that lineage knows, from one of its steps on. */
export interface Workshop {
  /** By id; those whose every statement could be read. */
  readonly steps: ReadonlyMap<string, ReadStep>;
  readonly render: (node: SqlNode) => string;
  /** `undefined` where a statement on the way cannot be read or run. */
  remake(from: TracedDataset, queries: readonly SqlNode[]): Promise<Remade | undefined>;
  /** The same with the statements as they are; asked once for each step. */
  unchanged(from: TracedDataset): Promise<Remade | undefined>;
}

export const openWorkshop = async (request: RemakeRequest, index: TraceIndex, lab: Lab): Promise<Workshop> => {
  const parser = await loadParser();
  const grammar = lab.dialectOf(index.target).parserName;
  const render = (node: SqlNode) => parser.render(node, grammar);
  const read = madeOrder(index).flatMap((dataset) => readStep(dataset, index, parser, grammar) ?? []);
  const steps = new Map(read.map((step) => [step.dataset.id, step]));
  const known = new Map<string, Promise<Remade | undefined>>();
  const remake: Workshop['remake'] = async (from, queries) => {
    const queriesOf = ({ id }: TracedDataset) => (id === from.id ? queries : queriesIn(steps.get(id)));
    const chain = chainFrom(from, index);
    const virtual = recomputed(chain, new Map(chain.map((each) => [each.id, queriesOf(each)])), render);
    if (!virtual) return undefined;
    const readings = await lab.judgeVirtual(index.target, virtual, asked(request, virtual.name, index.target, lab));
    const count = request.symptoms.length;
    return { readings: readings.slice(0, count), guards: readings.slice(count) };
  };
  const unchanged: Workshop['unchanged'] = (from) => {
    const remade = known.get(from.id) ?? remake(from, queriesIn(steps.get(from.id))).catch(() => undefined);
    known.set(from.id, remade);
    return remade;
  };
  return { steps, render, remake, unchanged };
};

const queriesIn = (step: ReadStep | undefined): readonly SqlNode[] =>
  (step?.statements ?? []).map(({ query }) => query);

/** The rules as they are asked of the table under the name of one trial. */
const asked = ({ symptoms, guards }: RemakeRequest, name: string, target: TracedDataset, lab: Lab) => {
  const elsewhere = {
    ...{ table: virtualName(name), warehouse: lab.warehouseNameOf(target) },
    column: (column: string) => column,
  };
  const dialect = lab.dialectOf(target);
  return [...symptoms.map(({ rule }) => rule), ...guards].map((rule) =>
    deriveRule(rule, { ...elsewhere, id: rule.id }, lab.types, dialect),
  );
};
