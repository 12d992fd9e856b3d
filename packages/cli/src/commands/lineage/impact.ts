import { type ExploredLineage, exploreLineage, findTarget, type LineageTarget } from '@aegis/project';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';
import { columns } from '../../render/columns.js';
import { type LineageCommandOptions, warnOfGaps, writeAnswer } from './lineage-output.js';
import { printable } from './printable.js';

export interface ImpactOptions extends LineageCommandOptions {
  /** A table, or a column of one. */
  readonly target: string;
  readonly depth?: number | undefined;
}

export const runImpact: RunCommand<ImpactOptions> = async (options, effects) => {
  const explored = await exploreLineage(options, effects);
  const target = findTarget(explored.graph, options.target);
  const reached = reachedBy(explored, target, options.depth);
  const part = new Set([target.dataset.id, ...reached.map(({ id }) => id)]);
  const name = explored.graph.shortName(target.dataset.id);
  const data = { table: target.dataset.id, column: target.column ?? null, reached };
  const text = (): string => listing(target.column === undefined ? name : `${name}.${target.column}`, reached);
  writeAnswer({ data, text, part }, explored, options, effects);
  warnOfGaps(explored, options, effects);
  return exitCodes.passed;
};

interface ReachedDataset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly distance: number;
  /** `table` where a whole table was asked for; else how the column reaches the dataset. */
  readonly reach: 'table' | 'columns' | 'rows' | 'possible';
  readonly columns: readonly string[];
}

const reachedBy = (
  { graph, columnImpact }: ExploredLineage,
  { dataset, column }: LineageTarget,
  maxDistance: number | undefined,
): readonly ReachedDataset[] => {
  const named = ({ id, kind }: LineageTarget['dataset']) => ({ id, name: graph.shortName(id), kind });
  if (column === undefined) {
    const below = graph.downstream(dataset.id, { maxDistance });
    return below.map(({ dataset: each, distance }) => ({ ...named(each), distance, reach: 'table', columns: [] }));
  }
  const reached = columnImpact({ dataset: dataset.id, column }, { maxDistance });
  return reached.map(({ dataset: each, ...how }) => ({ ...named(each), ...how }));
};

const listing = (name: string, reached: readonly ReachedDataset[]): string => {
  if (reached.length === 0) return `Nothing that lineage knows depends on ${printable(name)}.\n`;
  const exposures = reached.filter(({ kind }) => kind === 'exposure').length;
  const among = exposures === 0 ? '' : `, ${exposures} of them outside the warehouse`;
  const rows = reached.map((each) => [String(each.distance), printable(each.name), each.kind, how(each)]);
  return `A change of ${printable(name)} reaches ${count(reached.length, 'dataset')}${among}.\n\n${columns([
    ['DISTANCE', 'DATASET', 'KIND', 'HOW'],
    ...rows,
  ])}`;
};

const how = ({ reach, columns: names }: ReachedDataset): string => {
  if (reach === 'columns') return `columns ${names.map(printable).join(', ')}`;
  if (reach === 'rows') return 'which rows there are';
  return reach === 'possible' ? 'perhaps: the columns of a step are not known' : 'made from it';
};
