import type { PlannedRun } from '@aegis/project';
import { bytes, count, dollars } from '../../render/amounts.js';

type PlannedTable = PlannedRun['tables'][number];
type Amounts = Pick<PlannedRun['totals'], 'bytes' | 'cost_usd'>;
type PlannedStatement = PlannedTable['statements'][number];

/** The plan for people: tables, their statements with purpose and rules, and a total. */
export const renderPlan = ({ tables, totals }: PlannedRun): string => {
  const more = totals.conditional === 0 ? '' : `, and up to ${totals.conditional} more if they are needed`;
  const total = `Total: ${count(totals.statements, 'statement')}${more}${estimate(totals)}\n`;
  return [...tables.map(renderTable), `${total}${renderWarehouses(totals)}`].join('\n');
};

/** A line for each of several warehouses: what one of them does not say hides nothing of the others. */
const renderWarehouses = ({ by_warehouse: byWarehouse }: PlannedRun['totals']): string => {
  const warehouses = Object.entries(byWarehouse);
  if (warehouses.length < 2) return '';
  return warehouses
    .map(([name, amounts]) => `  ${name}: ${count(amounts.statements, 'statement')}${estimate(amounts) || unsaid}\n`)
    .join('');
};

const unsaid = '; does not say how much it reads';

const estimate = ({ bytes: amount, cost_usd: cost }: Amounts): string => {
  const known = [...(amount === null ? [] : [`${bytes(amount)} to read`]), ...(cost === null ? [] : [dollars(cost)])];
  return known.length === 0 ? '' : `; ${known.join(', ')}`;
};

const renderTable = ({ task, statements, fromStatistics, errors }: PlannedTable): string =>
  [
    `${task.table} (${task.warehouse}): ${count(task.rules.length, 'rule')}${estimate(amountsOf(statements))}`,
    ...statements.flatMap(renderStatement),
    ...(fromStatistics.length > 0 ? [`  from statistics, without a statement: ${fromStatistics.join(', ')}`] : []),
    ...errors.map(({ ruleId, message, hint }) => `  error: ${ruleId}: ${message}${hint ? `\n    ${hint}` : ''}`),
    '',
  ].join('\n');

const amountsOf = (statements: readonly PlannedStatement[]): Amounts => {
  const certain = statements.filter(({ conditional }) => !conditional);
  return { bytes: total(certain.map(({ bytes: own }) => own)), cost_usd: total(certain.map(({ costUsd }) => costUsd)) };
};

/** `null` for none, and as soon as one part is unknown. */
const total = (parts: readonly (number | undefined)[]): number | null =>
  parts.length === 0 || parts.includes(undefined) ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);

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
  ...(amount ? [bytes(amount)] : []),
  ...(costUsd === undefined || (costUsd === 0 && !amount) ? [] : [dollars(costUsd)]),
];
