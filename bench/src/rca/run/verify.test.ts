import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../faults/fault.js';
import { sourceFaults } from '../faults/source-faults.js';
import { stepFaults } from '../faults/step-faults.js';
import { pipelineOf, styleOf } from '../templates/index.js';
import { type Lab, openLab } from './lab.js';
import { contradictions } from './verify.js';

const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-verify-'));
const pipeline = pipelineOf(1);
const clean = join(folder, 'clean.duckdb');
let lab: Lab;

beforeAll(async () => {
  lab = await openLab();
  await lab.build(clean, pipeline, pipeline.today, styleOf(1));
});

afterAll(() => {
  lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const whatIsWrong = async (truth: Fault, broken = truth): Promise<readonly string[]> => {
  const faulty = join(folder, 'faulty.duckdb');
  await lab.build(faulty, pipeline, pipeline.today, styleOf(1), broken);
  return contradictions(lab, pipeline, truth, { clean, faulty });
};

const first = (faults: readonly Fault[], wanted: (fault: Fault) => boolean = () => true): Fault => {
  const found = faults.find(wanted);
  if (!found) throw new Error('the pipeline has no such fault');
  return found;
};

const inSegment = ({ segment }: Fault) => segment?.is === 'equal';
const wrongUnit = first(sourceFaults.wrong_unit(pipeline), inSegment);
const twice = first(stepFaults.duplicate_load(pipeline));

describe('the truth about a fault', () => {
  it('is borne out by the data that it changed, at a source and in a step', async () => {
    expect(await whatIsWrong(wrongUnit)).toEqual([]);
    expect(await whatIsWrong(twice)).toEqual([]);
  });

  it('is refuted by data that are not broken', async () => {
    const harmless = { ...wrongUnit, onSources: [] };
    expect(await whatIsWrong(wrongUnit, harmless)).toEqual([`${wrongUnit.table} is the same`]);
  });

  it('is refuted where rows outside of the segment differ', async () => {
    const elsewhere = first(
      sourceFaults.wrong_unit(pipeline),
      (fault) =>
        inSegment(fault) && fault.table === wrongUnit.table && fault.segment?.value !== wrongUnit.segment?.value,
    );
    expect(await whatIsWrong(wrongUnit, elsewhere)).toContain('rows outside of the segment differ');
  });

  it('is refuted where the fault lies further up', async () => {
    const [upstream, downstream] = [
      first(sourceFaults.filter_inverted(pipeline)),
      first(stepFaults.filter_inverted(pipeline)),
    ];
    expect(await whatIsWrong(downstream, upstream)).toContain(`${upstream.table} differs`);
  });
});
