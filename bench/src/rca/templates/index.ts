import { addDays } from '../pipeline/days.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Style } from '../pipeline/render-step.js';
import { type Random, randomOf } from '../random.js';
import { events } from './events.js';
import { meters } from './meters.js';
import { payments } from './payments.js';
import { shipments } from './shipments.js';
import { shop } from './shop.js';

type Template = (seed: number, today: string, random: Random) => Pipeline;

const templates: readonly Template[] = [shop, payments, events, shipments, meters];

/** The pipeline of a seed: seeds take turns with the templates, and draw names, layout, data and rules. */
export const pipelineOf = (seed: number): Pipeline => {
  const template = templates[seed % templates.length] ?? shop;
  const random = randomOf('pipeline', seed);
  const pipeline = template(seed, addDays('2026-02-01', random.below(300)), random);
  return { ...pipeline, rules: pipeline.rules.filter(() => random.chance(85)) };
};

export const styleOf = (seed: number): Style => {
  const random = randomOf('style', seed);
  return { names: random.pick(['tables', 'ctes']), latest: random.pick(['qualify', 'subquery']) };
};
