/** Events of a few jobs, over and over, as a file of them grows for years. */
export function* eventLines(count: number): Generator<string> {
  for (let index = 0; index < count; index++) {
    const event = {
      ...{ eventType: 'COMPLETE', eventTime: new Date(index * 1000).toISOString(), run: { runId: `run-${index}` } },
      job: { namespace: 'etl', name: `job ${index % 20}`, facets: { documentation: { description: 'x'.repeat(500) } } },
      inputs: [{ namespace: 'duckdb', name: `t${index % 20}` }],
      outputs: [{ namespace: 'duckdb', name: `t${(index + 1) % 20}` }],
    };
    yield `${JSON.stringify(event)}\n`;
  }
}
