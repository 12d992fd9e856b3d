import type { TracedColumnEdge } from '@aegis/spec';
import { expressionFact, readingFact } from './facts.js';
import { type Case, extended, type Fact, type Finding, type Symptom } from './finding.js';
import { pathTo } from './sites.js';
import type { Walked } from './walk.js';

/** The symptom as it stands where it enters. */
export const entrySymptom = (symptom: Symptom, walked: Walked): Symptom => ({
  ...symptom,
  dataset: walked.entry.dataset,
  rule: walked.entryRule ?? symptom.rule,
  reading: walked.entryReading,
  path: pathOf(symptom, walked),
});

const pathOf = (symptom: Symptom, { entry }: Walked): readonly string[] => extended(symptom.path, pathTo(entry));

/** What was read on the way, from the failing table up. */
const walkFacts = ({ steps, holding, unknown }: Walked): readonly Fact[] =>
  [...steps.slice(1), ...holding, ...unknown].map(({ site, reading }) => readingFact(site, reading));

/** The failure is there where the data comes in. */
export const atSource = (symptom: Symptom, walked: Walked): Finding => {
  const { dataset, columns } = walked.entry;
  return {
    ...{ dataset, column: columns[0] ?? null, operation: undefined, kind: 'source' },
    path: pathOf(symptom, walked),
    facts: [
      ...walkFacts(walked),
      {
        kind: 'source',
        sentence: `Nothing that lineage knows of makes ${dataset.name}: it is where the data comes in.`,
        numbers: { dataset: dataset.name },
      },
    ],
    confidence: 'high',
    entry: entrySymptom(symptom, walked),
  };
};

/** Nothing above could be read: said, not guessed. A column that is gone is a finding of its own. */
export const blocked = (symptom: Symptom, walked: Walked): Finding => {
  const missing = walked.unknown.find(({ reading }) => reading.code === 'plan/missing-column');
  const { dataset, columns } = missing?.site ?? walked.entry;
  return {
    ...{ dataset, column: columns[0] ?? null, operation: undefined },
    kind: missing ? 'schema_change' : 'unknown',
    path: extended(symptom.path, pathTo(missing?.site ?? walked.entry)),
    facts: walkFacts(walked),
    confidence: missing ? 'medium' : 'low',
  };
};

/** Two columns in each other's place: under their own names, those of the parent hold. */
export const exchanged = (symptom: Symptom, walked: Walked, { index }: Case): Finding => {
  const { entry, byName } = walked;
  const parent = byName?.site.dataset ?? entry.dataset;
  const edges = entry.columns.map((column) => edgeInto(index, entry.dataset.id, column, parent.id));
  const at = edges.findIndex(
    (edge, position) => edge?.from.column.toLowerCase() !== entry.columns[position]?.toLowerCase(),
  );
  const [column, edge] = [entry.columns[at] ?? null, edges[at]];
  const operation = edge && index.operation(edge.operation);
  return {
    ...{ dataset: entry.dataset, column, operation, kind: 'transformation', path: pathOf(symptom, walked) },
    facts: [
      ...walkFacts(walked),
      ...(byName ? [readingFact(byName.site, byName.reading)] : []),
      {
        kind: 'exchanged_column',
        sentence: `${entry.dataset.name}.${column} is filled from ${parent.name}.${edge?.from.column}, although ${parent.name}.${byName?.site.columns[at]} has that name and the rule holds for it.`,
        numbers: { dataset: entry.dataset.name, column, filled_from: edge?.from.column ?? null },
      },
    ],
    confidence: 'high',
  };
};

const edgeInto = (index: Case['index'], dataset: string, column: string, parent: string) =>
  index.inputsOf({ dataset, column }).find(({ from }) => from.dataset === parent);

/** A column and the edges that make it. */
export interface MadeColumn {
  readonly column: string;
  readonly edges: readonly TracedColumnEdge[];
}

/** The column of the entry that an expression changes, else its first one. */
export const madeColumn = ({ entry }: Walked, { index }: Case): MadeColumn | undefined => {
  const made = entry.columns.map((column) => ({
    column,
    edges: index.inputsOf({ dataset: entry.dataset.id, column }),
  }));
  return made.find(({ edges }) => edges.some(isChange)) ?? made[0];
};

export const isChange = ({ subtype }: TracedColumnEdge): boolean => subtype !== 'IDENTITY';

/** What makes the entry brings the failure in. */
export const atOperation = (
  symptom: Symptom,
  walked: Walked,
  kind: Finding['kind'],
  context: Case,
  more: readonly Fact[] = [],
): Finding => {
  const { index } = context;
  const { dataset } = walked.entry;
  const made = madeColumn(walked, context);
  const edge = made?.edges.find(isChange) ?? made?.edges[0];
  const operation = (edge && index.operation(edge.operation)) ?? index.operationsOf(dataset.id).at(-1);
  const column = made?.column ?? null;
  return {
    ...{ dataset, column, operation, kind, path: pathOf(symptom, walked) },
    facts: [
      ...walkFacts(walked),
      ...more,
      ...(column === null ? [] : expressionFact(operation, column, edge?.expression ?? null)),
    ],
    confidence: walked.holding.length > 0 && walked.unknown.length === 0 ? 'high' : 'medium',
  };
};
