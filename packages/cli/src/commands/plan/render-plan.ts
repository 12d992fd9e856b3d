import type { PlannedRun } from '@aegis/project';
import { bytes, count, dollars } from '../../render/amounts.js';

type PlannedTable = PlannedRun['tables'][number];
type PlannedStatement = PlannedTable['statements'][number];

/** The plan for people: tables, their statements with purpose and rules, and a total. */
export const renderPlan = ({ tables, totals }: PlannedRun): string => {
  const more = totals.conditional === 0 ? '' : `, and up to ${totals.conditional} more if they are needed`;
  const total = `Total: ${count(totals.statements, 'statement')}${more}${estimate(totals)}\n`;
  return [...tables.map(renderTable), total].join('\n');
};

const estimate = ({ bytes: amount, cost_usd: cost }: PlannedRun['totals']): string => {
  const known = [...(amount === null ? [] : [`${bytes(amount)} to read`]), ...(cost === null ? [] : [dollars(cost)])];
  return known.length === 0 ? '' : `; ${known.join(', ')}`;
};

const renderTable = ({ task, statements, fromStatistics, errors }: PlannedTable): string =>
  [
    `${task.table} (${task.warehouse}): ${count(task.rules.length, 'rule')}`,
    ...statements.flatMap(renderStatement),
    ...(fromStatistics.length > 0 ? [`  from statistics, without a statement: ${fromStatistics.join(', ')}`] : []),
    ...errors.map(({ ruleId, message, hint }) => `  error: ${ruleId}: ${message}${hint ? `\n    ${hint}` : ''}`),
    '',
  ].join('\n');

const renderStatement = (statement: PlannedStatement, index: number): readonly string[] => {
  const { purpose, sql, warehouse, ruleIds, conditional } = statement;
  const notes = [
    warehouse === undefined ? purpose : `${purpose} in ${warehouse}`,
    ...(conditional ? ['only if needed'] : []),
    ...estimates(statement),
  ];
  return [
    `  ${index + 1}. ${notes.join(', ')}${ruleIds.length > 0 ? `: ${ruleIds.join(', ')}` : ''}`,
    ...sql.split('\n').map((line) => `     ${line}`),
  ];
};

const estimates = ({ bytes: amount, costUsd }: PlannedStatement): readonly string[] => [
  ...(amount === undefined ? [] : [bytes(amount)]),
  ...(costUsd === undefined ? [] : [dollars(costUsd)]),
];
