import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { CommandFigures } from './command.js';
import type { CaseFigures, ContenderFigures } from './figures.js';
import type { PlanningFigures } from './planning.js';

export interface BenchReport {
  readonly schema: 'aegis.dev/bench/v1';
  readonly measured_at: string;
  readonly node: string;
  readonly duckdb: string;
  readonly cores: number;
  readonly memory_gb: number;
  readonly rounds: number;
  readonly cases: readonly CaseFigures[];
  readonly command: CommandFigures | null;
  readonly planning: readonly PlanningFigures[];
}

type Machine = Pick<BenchReport, 'measured_at' | 'node' | 'duckdb' | 'cores' | 'memory_gb'>;

export const machine = (duckdbVersion: string): Machine => ({
  measured_at: new Date().toISOString(),
  node: process.version,
  duckdb: duckdbVersion,
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 2 ** 30),
});

export const writeJson = (file: string, report: BenchReport): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
};

/** The figures as Markdown. */
export const renderReport = (report: BenchReport): string =>
  [machineLine(report), casesTable(report.cases), ...commandLines(report), ...planningLines(report)].join('\n\n');

const machineLine = ({ cores, memory_gb, node, duckdb, rounds }: BenchReport): string =>
  `${cores} cores, ${memory_gb} GB; Node ${node}, DuckDB ${duckdb}; medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`;

const header = [
  ...['rows', 'storage', 'data', 'Aegis s', 'per rule s', 'FILTER s', 'count_if s'],
  ...['**× best**', '× best CPU', 'CPU s', 'peak MB', 'heap MB', 'statements'],
];

const casesTable = (cases: readonly CaseFigures[]): string =>
  [header, header.map(() => '---'), ...cases.map(caseCells)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const caseCells = ({ rows, storage, data, contenders, wall_ratio, cpu_ratio }: CaseFigures): readonly string[] => {
  const { aegis, 'per rule': perRule, filter, count_if } = contenders;
  const all = [aegis, perRule, filter, count_if];
  const each = (figure: (of: ContenderFigures) => number) => all.map((one) => figure(one)).join(' / ');
  return [
    ...[millions(rows), storage, data, ...all.map(({ wall_s }) => wall_s.toFixed(2))],
    ...[`**${wall_ratio.toFixed(2)}**`, cpu_ratio.toFixed(2)],
    ...[all.map(({ cpu_s }) => cpu_s.toFixed(2)).join(' / '), each(({ peak_mb }) => peak_mb)],
    ...[String(aegis.heap_mb), each(({ statements }) => statements)],
  ];
};

const millions = (rows: number): string => `${rows / 1e6} M`;

const commandLines = ({ command }: BenchReport): readonly string[] => {
  if (command === null) return [];
  if ('missing' in command) return [`No figures of the command: ${command.missing}`];
  const { version_s, validate_1000_rules_s, run_s, run_sql_s, run_overhead_s } = command;
  return [
    `\`aegis --version\` ${version_s} s; \`aegis validate\` of 1,000 rules ${validate_1000_rules_s} s; ` +
      `\`aegis run\` of the thirty rules on 1 M rows ${run_s} s, of which statements ${run_sql_s} s, all else ${run_overhead_s} s.`,
  ];
};

const planningLines = ({ planning }: BenchReport): readonly string[] => {
  const parts = planning.map(({ rules, tables, plan_s }) => `${rules} rules over ${tables} tables in ${plan_s} s`);
  return parts.length === 0 ? [] : [`Planned: ${parts.join('; ')}.`];
};
