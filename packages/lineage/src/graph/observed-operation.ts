import type { OperationFacts, RunFacts } from './observed.js';
import type { OperationKind, OperationNode, Origin, QualifiedName } from './types.js';

/** Everything that was said of one operation; of its runs, the newest. */
export class ObservedOperation {
  readonly inputs = new Set<number>();
  readonly outputs = new Set<number>();
  readonly namespace: string;
  readonly name: string;
  readonly origin: Origin;
  kind: OperationKind;
  sql: string | null = null;
  parserName: string | null = null;
  parent: QualifiedName | undefined;
  run: RunFacts = { runId: null, at: null, status: 'unknown', rowsWritten: null };
  hasColumns = false;

  constructor({ namespace, name, origin, kind }: OperationFacts) {
    this.namespace = namespace;
    this.name = name;
    this.origin = origin;
    this.kind = kind;
  }

  add(facts: OperationFacts): void {
    for (const input of facts.inputs) this.inputs.add(input);
    for (const output of facts.outputs) this.outputs.add(output);
    if (this.kind === 'job') this.kind = facts.kind;
    this.sql = facts.sql ?? this.sql;
    this.parserName = facts.parserName ?? this.parserName;
    this.parent = facts.parent ?? this.parent;
    if (facts.run) this.run = newest(this.run, facts.run);
  }
}

const newest = (known: RunFacts, seen: RunFacts): RunFacts => {
  if (known.runId === seen.runId && known.runId !== null) return sameRun(known, seen);
  return (seen.at ?? '') >= (known.at ?? '') ? seen : known;
};

/** Events of one run come in any order and several times: its end says more than its start. */
const sameRun = (known: RunFacts, seen: RunFacts): RunFacts => ({
  runId: known.runId,
  at: rank(seen.status) === rank(known.status) ? later(known.at, seen.at) : fuller(known, seen).at,
  status: fuller(known, seen).status,
  rowsWritten: seen.rowsWritten ?? known.rowsWritten,
});

const fuller = (known: RunFacts, seen: RunFacts): RunFacts => (rank(seen.status) > rank(known.status) ? seen : known);

const later = (left: string | null, right: string | null): string | null =>
  (left ?? '') > (right ?? '') ? left : right;

const ranks: { readonly [status in OperationNode['status']]: number } = {
  unknown: 0,
  running: 1,
  completed: 2,
  failed: 2,
};
const rank = (status: OperationNode['status']): number => ranks[status];
