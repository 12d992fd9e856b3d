import { childNodes, isFields, nodeFields, nodeKind, type SqlNode } from '../../parse/index.js';
import { markOf, nameOf, type Reading } from '../skeleton/reading.js';
import { refusePart } from '../skeleton/refuse-part.js';

/**
 * The columns that an expression reads: their names without quotes, each once, in the order of the text. `a.b` reads the
 * field `b` of the column `a`, where the dialect has such fields.
 * @throws GuardError `forbidden` for a table's name in front of a column, because the checked relation has none
 */
export const columnsOf = (root: SqlNode, reading: Reading): readonly string[] => {
  const found = new Set<string>();
  const visit = (node: SqlNode, bound: ReadonlySet<string>): void => {
    const kind = nodeKind(node);
    if (kind === 'column') {
      const name = columnName(node, reading);
      if (name !== undefined && !bound.has(name.toLowerCase())) found.add(name);
      return;
    }
    const inside = kind === 'lambda' ? new Set([...bound, ...parametersOf(node, reading)]) : bound;
    for (const child of valuesIn(node, reading)) visit(child, inside);
  };
  visit(root, new Set());
  return [...found];
};

const columnName = (node: SqlNode, reading: Reading): string | undefined => {
  const { name, table } = nodeFields(node);
  if (!isFields(name) || markOf(name.name, reading)?.kind === 'clock') return undefined;
  if (!isFields(table)) return nameOf(name, reading)?.name;
  if (reading.rules.readsFieldsByDot) return nameOf(table, reading)?.name;
  const hint = 'Write the column alone: an expression has one table only.';
  throw refusePart(reading, 'forbidden', node, 'names a table in front of the column', hint);
};

const parametersOf = (lambda: SqlNode, reading: Reading): readonly string[] => {
  const { parameters } = nodeFields(lambda);
  const names = Array.isArray(parameters) ? parameters.map((parameter) => nameOf(parameter, reading)?.name) : [];
  return names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
};

/** The nodes inside a node, without words such as the `DAY` of `DATE_DIFF(a, b, DAY)`, which look like columns. */
const valuesIn = (node: SqlNode, reading: Reading): readonly SqlNode[] => {
  const fields = nodeFields(node);
  const children = [...childNodes(fields)];
  const rule = reading.rules.keywordArguments.get(markOf(fields.name, reading)?.name ?? '');
  const keyword = rule && children.length >= rule.fewestArguments ? children[rule.place] : undefined;
  return keyword && isBareWord(keyword) ? children.filter((child) => child !== keyword) : children;
};

const isBareWord = (node: SqlNode): boolean => {
  const { name, table } = nodeFields(node);
  return nodeKind(node) === 'column' && !isFields(table) && isFields(name) && !name.quoted;
};
