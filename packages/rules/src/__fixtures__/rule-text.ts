import { readRules } from '../load/load-rules.js';
import { fixtureTypes } from './rule-types.js';

/** Reads one file with the fixture types. */
export const read = (text: string, file = 'rules.yaml') => readRules([{ file, text }], { types: fixtureTypes });

/** One rule that is right, as YAML; `parts` replace whole lines. */
export const ruleText = (
  parts: { readonly id?: string; readonly scope?: string; readonly logic?: string } = {},
): string =>
  [
    'apiVersion: aegis.dev/v1',
    'kind: DataQualityRule',
    `metadata: { id: ${parts.id ?? 'orders_status'}, owner: team, description: What it protects }`,
    `scope: ${parts.scope ?? '{ table: orders }'}`,
    `logic: ${parts.logic ?? '{ type: in_list, column: status, values: [open, done] }'}`,
    '',
  ].join('\n');

/** The same as an entry of a list. */
export const listItem = (rule: string): string => `- ${rule.trimEnd().replaceAll('\n', '\n  ')}\n`;
