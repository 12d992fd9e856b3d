import { Document, isCollection, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { ConvertedRule } from '../conversion.js';
import { contentHash, type GeneratedBy, markerComment } from './marker.js';

const header = ({ command }: GeneratedBy): string =>
  [
    ` Made by ${command}. \`${command} --sync\` updates what was not edited here:`,
    ' the comment above a rule says what it comes from and what it was like then.',
  ].join('\n');

/** The rules as a file that `aegis validate` takes. The same rules give the same text. */
export const renderRules = (rules: readonly ConvertedRule[], by: GeneratedBy): string => {
  const document = new Document({ rules: rules.map((rule) => rule.document) });
  document.commentBefore = header(by);
  const items = document.get('rules');
  for (const [index, item] of (isSeq(items) ? items.items : []).entries()) {
    const rule = rules[index];
    if (isMap(item) && rule) layOut(item, rule, by, index > 0);
  }
  return document.toString(style);
};

/** Long lines stay whole, so that a diff shows what changed. */
export const style = { lineWidth: 0 } as const;

/** The rule as a node of the file, with its marker above it. */
export const ruleNode = (document: Document, rule: ConvertedRule, by: GeneratedBy): YAMLMap => {
  const node = document.createNode(rule.document) as unknown as YAMLMap;
  layOut(node, rule, by, true);
  return node;
};

const layOut = (node: YAMLMap, rule: ConvertedRule, by: GeneratedBy, isSpaced: boolean): void => {
  node.spaceBefore = isSpaced;
  node.commentBefore = markerComment({ source: rule.source, hash: contentHash(rule.document) }, by);
  layOutValues(node);
};

/** Short lists in one line, queries in several. */
export const layOutValues = (node: YAMLMap): void => {
  for (const path of [
    ['metadata', 'tags'],
    ['logic', 'values'],
    ['logic', 'columns'],
    ['logic', 'reference_columns'],
  ]) {
    const list = node.getIn(path);
    if (isCollection(list)) list.flow = true;
  }
  const query = node.getIn(['logic', 'query'], true);
  if (isScalar(query) && typeof query.value === 'string' && query.value.includes('\n')) query.type = 'BLOCK_LITERAL';
};
