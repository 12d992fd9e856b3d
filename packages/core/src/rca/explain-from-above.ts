import type { TracedColumn } from '@aegis/spec';
import type { MadeColumn } from './conclude.js';
import { contrasts, explainFigure } from './explain-figure.js';
import { isAboutNulls } from './explain-unmatched.js';
import { expressionFact } from './facts.js';
import { type Case, extended, type Finding, type Symptom } from './finding.js';
import { isGrouped } from './joined-tables.js';
import { pathBetween } from './path-between.js';
import { notNull } from './synthetic-rule.js';

/** A column that no ancestor has unchanged: where rows are counted together, as a figure; else by what it is made from. */
export const explainFromAbove = async (
  symptom: Symptom,
  made: MadeColumn | undefined,
  context: Case,
): Promise<Finding | undefined> => {
  const search = isCounted(symptom.dataset.id, made, context.index) ? explainFigure : contrasts;
  const finding = await search(symptom, context);
  if (finding || !made || (await isMadeNull(symptom, made, context))) return finding;
  return fromOnlySource(symptom, made, context);
};

/** Whether rows fail for NULLs of which what the column is made from has none: an expression on the way makes them. */
const isMadeNull = async (symptom: Symptom, { column }: MadeColumn, context: Case): Promise<boolean> => {
  if (!(await isAboutNulls(symptom, column, context))) return false;
  const sources = sourcesOf({ dataset: symptom.dataset.id, column }, context.index);
  const read = await Promise.all(
    sources.map(async (source) => {
      const dataset = context.index.dataset(source.dataset);
      const rule = dataset && notNull(dataset, source.column, context.lab);
      return rule && (await context.lab.judge(dataset, [rule]))[0];
    }),
  );
  return read.length > 0 && read.every((reading) => reading?.status === 'holds');
};

/** Whether rows are counted together somewhere on the way to a column. */
export const isCounted = (dataset: string, made: MadeColumn | undefined, index: Case['index']): boolean => {
  if (!made) return true;
  const seen = new Map([[keyOf({ dataset, column: made.column }), { dataset, column: made.column }]]);
  for (const column of seen.values()) {
    const edges = index.allInputsOf(column);
    if (edges.length === 0 && isGrouped(index, column.dataset)) return true;
    if (edges.some(({ subtype }) => subtype === 'AGGREGATION' || subtype === 'WINDOW')) return true;
    for (const { from } of index.inputsOf(column)) if (!seen.has(keyOf(from))) seen.set(keyOf(from), from);
  }
  return false;
};

/** One source column feeds it, through whatever expressions: as long as none of them is found wrong, that column is. */
const fromOnlySource = (symptom: Symptom, { column }: MadeColumn, { index }: Case): Finding | undefined => {
  const sources = sourcesOf({ dataset: symptom.dataset.id, column }, index);
  const [source, ...others] = sources;
  const dataset = source && index.dataset(source.dataset);
  if (!source || !dataset || others.length > 0 || dataset.id === symptom.dataset.id) return undefined;
  const [edge] = index.inputsOf({ dataset: symptom.dataset.id, column });
  return {
    ...{ dataset, column: source.column, operation: undefined, kind: 'source', confidence: 'medium' },
    path: extended(symptom.path, pathBetween(index, symptom.dataset, dataset)),
    facts: [
      ...expressionFact(edge && index.operation(edge.operation), column, edge?.expression ?? null),
      {
        kind: 'only_source',
        sentence: `All values of ${symptom.dataset.name}.${column} come from ${dataset.name}.${source.column}.`,
        numbers: { dataset: dataset.name, column: source.column },
      },
    ],
  };
};

/** The columns that nothing feeds, of those that values come from. */
const sourcesOf = (start: TracedColumn, index: Case['index']): readonly TracedColumn[] => {
  const seen = new Map([[keyOf(start), start]]);
  const sources: TracedColumn[] = [];
  for (const column of seen.values()) {
    const inputs = index.inputsOf(column).map(({ from }) => from);
    if (inputs.length === 0) sources.push(column);
    for (const input of inputs) if (!seen.has(keyOf(input))) seen.set(keyOf(input), input);
  }
  return sources;
};

const keyOf = ({ dataset, column }: TracedColumn): string => JSON.stringify([dataset, column.toLowerCase()]);
