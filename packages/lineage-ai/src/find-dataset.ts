import type { JoinedDataset, LineageGraph } from '@aegis/lineage';
import { LineageError } from '@aegis/spec';

/** @throws LineageError `not-found`, `ambiguous-name` with the candidates */
export const findDataset = (graph: LineageGraph, name: string): JoinedDataset => {
  const found = graph.resolve(name);
  if (found.kind === 'found') return found.dataset;
  if (found.kind === 'unknown') {
    const known = graph.datasets.map(({ id }) => graph.shortName(id));
    throw new LineageError('not-found', `lineage knows no table "${name}"`, { hint: `It knows ${listed(known)}.` });
  }
  throw new LineageError('ambiguous-name', `"${name}" could be any of several datasets`, {
    hint: `Name one of them: ${listed(found.candidates.map(({ id }) => id))}.`,
  });
};

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
