import type { ColumnDescription, Evidence, Failure, JsonValue, Row } from '@aegis/spec';
import { fence } from '../prompting/fence.js';
import type { Masking } from './masking.js';

/** Longer values and statements say nothing more to a model, and cost. */
const longestCell = 200;
const longestStatement = 4_000;
const mostColumns = 200;
const mostStatements = 5;
const mostRelated = 50;

/**
 * What a good analyst would want to see of a failure, as text: what the rule's author wrote stands as it is, and what came
 * out of tables is masked and fenced.
 */
export const brief = (failure: Failure, facts: readonly Evidence[], masking: Masking): string =>
  [
    ruleSection(failure),
    resultSection(failure),
    section('Columns of the table', columnLines(failure.context.columns)),
    section(`Statements that measured it (${failure.context.dialect})`, statementLines(failure)),
    section('Common causes, by the author of the rule', failure.rule.commonCauses),
    section('Upstream, nearest first', failure.context.upstream.slice(0, mostRelated)),
    section('Downstream', failure.context.downstream.slice(0, mostRelated)),
    factsSection(facts, masking),
    rowsSection('failing rows', failure.result.sample, masking),
    rowsSection('rows that satisfy the rule', failure.context.passing, masking),
  ]
    .filter((text) => text !== '')
    .join('\n\n');

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`## ${title}`, ...lines.map((line) => `- ${line}`)].join('\n');

const ruleSection = ({ rule, result }: Failure): string =>
  section('The rule', [
    `id: ${rule.id}`,
    `type: ${rule.type}`,
    `table: ${result.table}`,
    ...(result.columns.length > 0 ? [`columns: ${result.columns.join(', ')}`] : []),
    ...(rule.scope.where === undefined ? [] : [`only rows where: ${rule.scope.where}`]),
    `parameters: ${JSON.stringify(rule.params)}`,
    `NULL: ${rule.nulls === 'fail' ? 'is a violation' : 'is ignored, unless the type is about NULL'}`,
    `declared severity: ${rule.severity}`,
    ...(rule.description === undefined ? [] : [`description: ${rule.description}`]),
  ]);

const resultSection = ({ result }: Failure): string =>
  section('The result', [
    `outcome: ${result.outcome}`,
    `counted: ${result.unit}`,
    `severity by the heuristics: ${result.effective_severity}${result.escalated ? ' (raised)' : ''}`,
  ]);

const columnLines = (columns: readonly ColumnDescription[]): readonly string[] => [
  ...columns
    .slice(0, mostColumns)
    .map(({ name, type, nullable }) => `${name} ${type.native}${nullable === false ? ' NOT NULL' : ''}`),
  ...(columns.length > mostColumns ? [`and ${columns.length - mostColumns} more`] : []),
];

const statementLines = ({ context: { statements } }: Failure): readonly string[] =>
  statements.slice(0, mostStatements).map((sql) => shortened(sql, longestStatement));

/** Facts repeat values of the table, so they are data too. */
const factsSection = (facts: readonly Evidence[], masking: Masking): string => {
  const lines = facts.map(({ id, sentence }) => `[${id}] ${masking.text(sentence)}`);
  return ['## Facts, to be cited by their ids', fence('facts', lines.join('\n'))].join('\n');
};

const rowsSection = (title: string, rows: readonly Row[], masking: Masking): string => {
  const lines = masking.rows(rows).map((row) => JSON.stringify(row, (_, value: JsonValue) => shortCell(value)));
  return lines.length === 0 ? '' : [`## A few ${title}`, fence(title, lines.join('\n'))].join('\n');
};

const shortCell = (value: JsonValue): JsonValue => (typeof value === 'string' ? shortened(value, longestCell) : value);

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}… (${text.length} characters)`;
