import { importManifest, isManifest } from './dbt/import-manifest.js';
import { importGraphJson, isGraphJson } from './graph-json.js';
import type { ImportTarget } from './import-target.js';
import { importMarquez, isMarquez } from './marquez/import-marquez.js';
import { importEvent, isEvent } from './openlineage/import-event.js';
import { isRecord, listOf } from './reading.js';

/** What a document may lean on beside itself. */
export interface DocumentContext {
  /** Of dbt's `catalog.json` beside a manifest. */
  readonly catalog?: (() => Promise<unknown>) | undefined;
}

/** Takes one JSON document into the graph, whatever kind of lineage it holds; what holds none is a problem. */
export const importDocument = async (
  value: unknown,
  place: string,
  target: ImportTarget,
  { catalog }: DocumentContext = {},
): Promise<void> => {
  if (isEvent(value)) importEvent(value, place, target);
  else if (isManifest(value)) importManifest(value, target, await catalog?.());
  else if (isGraphJson(value)) importGraphJson(value, place, target);
  else if (isMarquez(value)) importMarquez(value, place, target);
  else if (isRecord(value) && Array.isArray(value.events)) importAll(value.events, place, target);
  else target.builder.problems.problem(place, 'no lineage that is known: no event, manifest or graph');
};

const importAll = (events: unknown, place: string, target: ImportTarget): void => {
  for (const [index, event] of listOf(events).entries()) {
    const at = `${place} event ${index + 1}`;
    if (isEvent(event)) importEvent(event, at, target);
    else target.builder.problems.problem(at, 'no event');
  }
};
