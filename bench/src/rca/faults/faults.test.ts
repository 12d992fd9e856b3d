import { describe, expect, it } from 'vitest';
import { pipelineOf } from '../templates/index.js';
import { acceptedKinds } from './accepted-kinds.js';
import { faultKinds, places } from './fault.js';
import { sourceFaults } from './source-faults.js';
import { stepFaults } from './step-faults.js';

describe('the faults of a pipeline', () => {
  it('are found for every kind, in sources and in transformations', () => {
    const pipeline = pipelineOf(1);
    for (const kind of faultKinds) {
      expect(sourceFaults[kind](pipeline), `${kind} in a source`).not.toEqual([]);
      expect(stepFaults[kind](pipeline), `${kind} in a transformation`).not.toEqual([]);
    }
  });

  it('never hide a segment in the column that tells it', () => {
    const faults = faultKinds.flatMap((kind) => [
      ...sourceFaults[kind](pipelineOf(2)),
      ...stepFaults[kind](pipelineOf(2)),
    ]);
    for (const { kind, columns, segment, description } of faults)
      if (kind === 'null_segment') expect(columns, description).not.toContain(segment?.column);
  });

  it('have words that are right for each kind and place', () => {
    for (const kind of faultKinds) for (const place of places) expect(acceptedKinds[kind][place].kinds).not.toEqual([]);
  });
});

it('draws the same pipeline for the same seed and another for another', () => {
  expect(JSON.stringify(pipelineOf(7))).toBe(JSON.stringify(pipelineOf(7)));
  expect(pipelineOf(7).sources).not.toEqual(pipelineOf(8).sources);
});
