import { describe, expect, it } from 'vitest';
import { readOptions } from './options.js';

describe('the options', () => {
  it('are 35 pipelines with faults and 5 clean ones after them by default', () => {
    const { seeds, cleanSeeds, fault, output } = readOptions([]);
    expect([seeds.length, seeds[0], cleanSeeds[0], cleanSeeds.length]).toEqual([35, 1, 36, 5]);
    expect([fault, output]).toEqual([undefined, 'results/rca.json']);
  });

  it('choose one fault of one pipeline', () => {
    expect(readOptions(['--seed', '17', '--fault', 'wrong_unit@transformation', '--keep', 'x.duckdb'])).toMatchObject({
      ...{ seeds: [17], cleanSeeds: [], keep: 'x.duckdb' },
      fault: { kind: 'wrong_unit', place: 'transformation' },
    });
  });

  it('write scores without a baseline into a file of their own', () => {
    expect(readOptions(['--no-baseline'])).toMatchObject({
      ...{ baseline: 'off', output: 'results/rca-without-baseline.json' },
    });
    expect(readOptions(['--no-baseline', '--output', 'x.json'])).toMatchObject({ output: 'x.json' });
  });

  it('name the flag that is wrong', () => {
    expect(() => readOptions(['--seed', 'x'])).toThrow('--seed wants a whole number of at least 1, not "x"');
    expect(() => readOptions(['--seed', '1', '--fault', 'rust@source'])).toThrow(
      '--fault wants KIND@PLACE, not "rust@source"',
    );
    expect(() => readOptions(['--fault', 'wrong_unit@source'])).toThrow('--fault wants --seed beside it');
    expect(() => readOptions(['--seed', '1', '--keep', 'x.duckdb'])).toThrow('--keep wants --fault beside it');
  });
});
