import type { Outcome } from './harness.js';

/** A line for an outcome, as it is printed while the others are still asked. */
export const outcomeLine = ({ id, round, isRight, faults, toolCalls, seconds }: Outcome): string =>
  `${isRight ? 'right' : 'wrong'}  ${id}${round > 1 ? ` (${round})` : ''}  ${toolCalls} tool calls, ${seconds.toFixed(1)} s${isRight ? '' : `: ${faults.join('; ')}`}`;

/** The totals: by kind of question, and in all. */
export const totals = (outcomes: readonly Outcome[]): string => {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const rows = kinds.map((kind) =>
    row(
      kind,
      outcomes.filter((each) => each.kind === kind),
    ),
  );
  return [
    ...table([['kind', 'right', 'of', '%', 'tool calls', 'tokens', 'USD', 's'], ...rows, row('all', outcomes)]),
  ].join('\n');
};

const row = (title: string, outcomes: readonly Outcome[]): readonly string[] => {
  const right = outcomes.filter(({ isRight }) => isRight).length;
  const sum = (value: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + value(each), 0);
  const isPriced = outcomes.every(({ costUsd }) => costUsd !== null);
  return [
    title,
    ...[String(right), String(outcomes.length), ((100 * right) / Math.max(outcomes.length, 1)).toFixed(0)],
    ...[String(sum(({ toolCalls }) => toolCalls)), String(sum((each) => each.inputTokens + each.outputTokens))],
    ...[isPriced ? sum(({ costUsd }) => costUsd ?? 0).toFixed(4) : 'unknown', sum(({ seconds }) => seconds).toFixed(1)],
  ];
};

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
};
