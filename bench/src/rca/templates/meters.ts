import type { Pipeline } from '../pipeline/pipeline.js';
import type { Random } from '../random.js';
import { meterRules } from './meters-rules.js';
import { meterSources } from './meters-sources.js';
import { meterSteps } from './meters-steps.js';
import { type Names, namesOf } from './names.js';
import { type Draws, drawsOf } from './parts.js';

/** What is drawn once for a utility, and named in all of its layers. */
export interface MeterWords {
  readonly meter: string;
  readonly energy: string;
  readonly area: string;
  readonly areas: readonly string[];
  readonly qualities: readonly string[];
  readonly names: Names;
  readonly draws: Draws;
  readonly view: 'table' | 'view';
  /** Whether meters are delivered with their earlier versions, of which the newest counts. */
  readonly versions: boolean;
}

/** Meter readings and estimates, priced by area and day. */
export const meters = (seed: number, today: string, random: Random): Pipeline => {
  const words: MeterWords = {
    meter: random.pick(['meter_id', 'device_id', 'point_id']),
    energy: random.pick(['kwh', 'energy_kwh', 'consumption']),
    area: random.pick(['area', 'grid_area', 'region_code']),
    areas: random.pick([
      ['SE1', 'SE2', 'SE3', 'SE4'],
      ['hill', 'coast', 'city'],
    ]),
    qualities: random.pick([
      ['measured', 'measured', 'corrected'],
      ['good', 'good', 'good', 'fair'],
    ]),
    names: namesOf(random),
    draws: drawsOf(seed),
    view: random.pick(['table', 'view']),
    versions: random.chance(50),
  };
  const { schemas } = words.names;
  const parts = { sources: meterSources(words), steps: meterSteps(words), rules: meterRules(words) };
  return { template: 'meters', seed, today, schemas, ...parts };
};
