import type { BenchReport } from '../report.js';
import { type Contender, contenders } from './contender.js';

interface Figures {
  readonly wall_s: number;
  /** From PostgreSQL, and to it. */
  readonly received_bytes: number;
  readonly sent_bytes: number;
  /** Resident memory of the process that compares, DuckDB included. */
  readonly peak_mb: number;
}

export interface ReconcileReport
  extends Pick<BenchReport, 'measured_at' | 'node' | 'duckdb' | 'cores' | 'memory_gb' | 'rounds'> {
  readonly schema: 'aegis.dev/bench-reconcile/v1';
  readonly cases: readonly {
    readonly rows: number;
    readonly differences: number;
    readonly contenders: { readonly [contender in Contender]: Figures };
  }[];
}

const header = ['keys', 'differences', 'contender', 'wall s', 'MB received', 'MB sent', 'peak MB'];

/** The figures as Markdown. */
export const renderReport = ({ cores, memory_gb, node, duckdb, rounds, cases }: ReconcileReport): string => {
  const machine = `${cores} cores, ${memory_gb} GB; Node ${node}, DuckDB ${duckdb}; medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`;
  const rows = cases.flatMap((each) => contenders.map((contender) => cells(each, contender)));
  const table = [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `${machine}\n\n${table.join('\n')}`;
};

const cells = ({ rows, differences, contenders: figures }: ReconcileReport['cases'][number], contender: Contender) => {
  const { wall_s, received_bytes, sent_bytes, peak_mb } = figures[contender];
  return [`${rows / 1e6} M`, differences, contender, wall_s, megabytes(received_bytes), megabytes(sent_bytes), peak_mb];
};

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(3);
