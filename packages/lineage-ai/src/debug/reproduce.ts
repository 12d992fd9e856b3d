import type { CitationStatus } from '@aegis/spec';
import type { LineageToolbox } from '../toolbox/lineage-toolbox.js';
import type { Finding } from './debug-state.js';

/** Calls each cited tool once more and tells whether it gives the same; the order of rows does not matter. */
export const reproduce = async (
  ids: readonly string[],
  findings: readonly Finding[],
  { toolbox, signal }: { readonly toolbox: LineageToolbox; readonly signal: AbortSignal | undefined },
): Promise<(id: string) => CitationStatus> => {
  const statuses = await Promise.all(
    ids.map(async (id): Promise<[string, CitationStatus]> => {
      const finding = findings.find((each) => each.id === id);
      if (!finding) return [id, 'unknown'];
      if (!finding.result.ok) return [id, 'failed'];
      const { result } = await toolbox.dispatch(finding.tool, finding.arguments, signal);
      if (!result.ok) return [id, 'failed'];
      return [id, canonical(result.value) === canonical(finding.result.value) ? 'reproduced' : 'changed'];
    }),
  );
  const byId = new Map(statuses);
  return (id) => byId.get(id) ?? 'unknown';
};

const canonical = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (key === 'rows' && Array.isArray(inner) ? sorted(inner) : inner));

const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();
