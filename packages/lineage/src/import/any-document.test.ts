import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphToJson } from '../export/graph-json.js';
import { graphOf } from '../testing/graph-of.js';

/** JSON of any shape below keys that importers look at. */
const keys = [
  ...[
    'run',
    'job',
    'dataset',
    'inputs',
    'outputs',
    'facets',
    'schema',
    'fields',
    'columnLineage',
    'inputFields',
    'lineage',
  ],
  ...[
    'entries',
    'symlinks',
    'identifiers',
    'namespace',
    'name',
    'field',
    'type',
    'transformations',
    'eventTime',
    'parent',
  ],
  ...[
    'nodes',
    'metadata',
    'sources',
    'exposures',
    'depends_on',
    'relation_name',
    'config',
    'columns',
    'raw_code',
    'disabled',
  ],
  ...[
    'graph',
    'datasets',
    'jobs',
    'id',
    'data',
    'inEdges',
    'outEdges',
    'origin',
    'latestRun',
    'events',
    'resource_type',
  ],
];

const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 6, depthSize: 'large' },
    fc.constantFrom<unknown>(
      null,
      '',
      '...',
      'kafka://h',
      's3://b',
      'a.b',
      'model',
      'DATASET',
      'JOB',
      'x"y',
      1,
      true,
      '2026-01-01T00:00:00Z',
    ),
    fc.array(tie('document'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('document'), { maxKeys: 6 }),
  ),
}));

describe('any document', () => {
  it('is taken in or reported, and never breaks the graph', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 4 }), async (documents) => {
        const graph = await graphOf(...documents);
        for (const { id } of graph.datasets) {
          expect(graph.resolve(id)).toMatchObject({ kind: 'found', dataset: { id } });
          expect(graph.resolve(graph.shortName(id))).toMatchObject({ dataset: { id } });
        }
        expect(graphToJson(graph).datasets).toHaveLength(graph.datasets.length);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same graph in any order, and when it comes twice', async () => {
    const event = (job: number, at: number, from: number, to: number) => ({
      ...{ eventType: 'COMPLETE', eventTime: `2026-01-0${at + 1}T00:00:00Z`, run: { runId: `${job} ${at}` } },
      job: { namespace: 'n', name: `j${job}` },
      inputs: [{ namespace: 'postgres://h', name: `d.s.t${from}` }],
      outputs: [{ namespace: 'postgres://h:5432', name: `d.s.t${to}` }],
    });
    const small = fc.integer({ min: 0, max: 4 });
    const events = fc.array(
      fc.tuple(small, small, small, small).map((each) => event(...each)),
      { maxLength: 8 },
    );
    const told = async (all: readonly unknown[]) => {
      const graph = await graphOf(...all);
      const operations = [...graph.operations()].map(({ inputs, outputs, ...facts }) => ({
        ...{ ...facts, runId: null },
        ...{ inputs: inputs.toSorted(), outputs: outputs.toSorted() },
      }));
      return operations.sort((left, right) => left.id.localeCompare(right.id));
    };
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        expect(await told(all.toReversed())).toEqual(await told([...all, ...all]));
      }),
      { numRuns: 100 },
    );
  });
});
