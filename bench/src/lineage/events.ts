/** How large a generated graph is. */
export interface GraphSize {
  readonly datasets: number;
  /** Inputs of each job: datasets times inputs are the edges. */
  readonly inputs: number;
  /** Columns of each output that are made from one column of each of two inputs. */
  readonly columns: number;
}

const namespace = 'postgres://warehouse:5432';

const nameOf = (index: number): string => `shop.layer${index % 10}.table_${index}`;

/** Datasets of earlier numbers, near and far, so that the graph is deep and wide. */
const inputsOf = (index: number, { inputs }: GraphSize): readonly number[] =>
  Array.from({ length: Math.min(inputs, index) }, (_, nth) => (index - 1 + nth * (index + 37 * nth)) % index);

/** One completed run for each dataset, as lines of OpenLineage events. */
export function* eventLines(size: GraphSize): Generator<string> {
  for (let index = 0; index < size.datasets; index++) yield `${JSON.stringify(eventOf(index, size))}\n`;
}

const eventOf = (index: number, size: GraphSize): object => {
  const inputs = inputsOf(index, size).map((input) => ({ namespace, name: nameOf(input) }));
  return {
    ...{ eventType: 'COMPLETE', eventTime: '2026-01-01T00:00:00Z', producer: 'https://example.com/generator' },
    ...{ run: { runId: `run-${index}` }, job: { namespace: 'etl', name: `make ${nameOf(index)}` } },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    ...{
      inputs,
      outputs: [{ namespace, name: nameOf(index), facets: { columnLineage: columnLineage(inputs, size) } }],
    },
  };
};

const columnLineage = (inputs: readonly object[], { columns }: GraphSize): object => ({
  fields: Object.fromEntries(
    Array.from({ length: columns }, (_, column) => [
      `c${column}`,
      { inputFields: inputs.slice(0, 2).map((input) => ({ ...input, field: `c${column}` })) },
    ]),
  ),
});
