import { changeTarget, type ShownFailure } from '@aegis/engine';
import { displayTableName } from '@aegis/rules';
import type { ColumnDescription, FailureContext, Rule } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';

/** What is shown to the model beside a rule's result. What cannot be had is left out. */
export const failureContext = async (
  rule: Rule,
  { statements, passing }: ShownFailure,
  ports: RunPorts,
): Promise<FailureContext> => {
  const { dialect } = ports.warehouseOf(rule);
  const target = dialect.tableName({ kind: 'named', parts: changeTarget(rule.scope.table) });
  const [columns, upstream, downstream] = await Promise.all([
    columnsOf(rule, ports),
    upstreamOf(rule, ports),
    related(rule, ports, 'downstream'),
  ]);
  const shown = statements.map((sql) => withoutFolders(sql, rule));
  return { dialect: dialect.name, target, columns, statements: shown, passing, upstream, downstream };
};

/** Data files as the rule wrote them: where they are on this machine is nobody else's business. */
const withoutFolders = (sql: string, { scope: { table }, baseDirectory }: Rule): string => {
  const own = table.kind === 'file' ? sql.replaceAll(table.path, displayTableName(table)) : sql;
  return baseDirectory === undefined ? own : own.replaceAll(`${baseDirectory.replace(/\/$/, '')}/`, '');
};

const columnsOf = async (rule: Rule, ports: RunPorts): Promise<readonly ColumnDescription[]> => {
  try {
    return (await ports.describe(rule)).columns;
  } catch {
    return [];
  }
};

/** Declared ones first: their author knew. */
const upstreamOf = async (rule: Rule, ports: RunPorts): Promise<readonly string[]> => [
  ...new Set([...rule.upstreamTables, ...(await related(rule, ports, 'upstream'))]),
];

const related = async (
  rule: Rule,
  { lineage, journal }: RunPorts,
  direction: 'upstream' | 'downstream',
): Promise<readonly string[]> => {
  try {
    return (await lineage?.[direction]?.(displayTableName(rule.scope.table))) ?? [];
  } catch (error) {
    journal.note(`Lineage could not be read: ${messageOf(error)}`);
    return [];
  }
};
