import type { JsonObject } from '@aegis/spec';

/** A run event of OpenLineage, version 2-0-2. */
export interface OpenLineageEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  /** ISO 8601 ending in `Z`. */
  readonly eventTime: string;
  readonly run: { readonly runId: string; readonly facets: JsonObject };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: JsonObject };
  readonly inputs: readonly InputDataset[];
  readonly outputs: readonly never[];
  readonly producer: string;
  readonly schemaURL: string;
}

export interface InputDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: JsonObject;
  readonly inputFacets: JsonObject;
}

export const producer = 'https://aegis.dev/lineage/v1';

const spec = 'https://openlineage.io/spec';

export const eventSchema = `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`;

/** A facet with what every facet has; `schema` is its version and its name, e.g. `1-0-1/TestRunFacet`. */
export const facetOf = (schema: string, content: JsonObject): JsonObject => ({
  _producer: producer,
  _schemaURL: `${spec}/facets/${schema}.json`,
  ...content,
});
