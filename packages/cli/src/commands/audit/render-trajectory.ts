import type { showTrajectory } from '@aegis/project';
import { displayWidth, visible, wrap } from '@aegis/report/terminal';
import { count, dollars, duration } from '../../render/amounts.js';

type TrajectoryNode = Awaited<ReturnType<typeof showTrajectory>>;

const leastRoom = 12;

/** A run as a tree. What does not fit beside a name stands below it. */
export const renderTrajectory = (run: TrajectoryNode, width: number): string => {
  const started = Date.parse(run.startedAt);
  return `${[...entry(run, { first: '', rest: '' }, width, started), ...below(run, '', width, started)].join('\n')}\n`;
};

const below = (node: TrajectoryNode, indent: string, width: number, started: number): readonly string[] =>
  node.children.flatMap((child, index) => {
    const isLast = index === node.children.length - 1;
    const inner = `${indent}${isLast ? '   ' : '│  '}`;
    const branch = { first: `${indent}${isLast ? '└─ ' : '├─ '}`, rest: inner };
    return [...entry(child, branch, width, started), ...below(child, inner, width, started)];
  });

interface Branch {
  readonly first: string;
  /** In front of further lines of the same node. */
  readonly rest: string;
}

const entry = (node: TrajectoryNode, branch: Branch, width: number, started: number): readonly string[] => {
  const name = visible(node.name);
  const facts = factsOf(node, started).map(visible).join(' · ');
  const line = `${branch.first}${name}  ${facts}`;
  if (displayWidth(line) <= width) return [line];
  const further = `${branch.rest}${node.children.length > 0 ? '│ ' : '  '}`;
  return [...fitted(name, branch, width), ...fitted(facts, { first: further, rest: further }, width)];
};

const fitted = (text: string, { first, rest }: Branch, width: number): readonly string[] =>
  wrap(text, Math.max(leastRoom, width - displayWidth(rest))).map((line, index) => (index === 0 ? first : rest) + line);

const factsOf = (node: TrajectoryNode, started: number): readonly string[] => [
  ...(node.kind === 'run' ? [`started ${node.startedAt.slice(0, 19).replace('T', ' ')}`] : [offset(node, started)]),
  ...(node.durationMs === null ? [] : [`took ${duration(node.durationMs)}`]),
  ...(node.outcome === null || node.outcome === 'ok' ? [] : [node.outcome]),
  ...(node.model === null ? [] : [`call ${node.decisionId} of ${node.model}`]),
  ...spending(node),
  ...(node.detail === null ? [] : [node.detail]),
];

const offset = (node: TrajectoryNode, started: number): string =>
  `+${duration(Math.max(0, Date.parse(node.startedAt) - started))}`;

const spending = (node: TrajectoryNode): readonly string[] => {
  const calls = callsIn(node);
  if (calls === 0) return [];
  return [
    ...(node.kind === 'decision' ? [] : [count(calls, 'model call')]),
    `${node.inputTokens} + ${node.outputTokens} tokens`,
    node.costUsd === null ? 'cost unknown' : dollars(node.costUsd),
  ];
};

const callsIn = (node: TrajectoryNode): number =>
  node.kind === 'decision' ? 1 : node.children.reduce((sum, child) => sum + callsIn(child), 0);
