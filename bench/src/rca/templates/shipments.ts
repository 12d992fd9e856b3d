import type { Pipeline } from '../pipeline/pipeline.js';
import type { Random } from '../random.js';
import { type Names, namesOf } from './names.js';
import { type Draws, drawsOf } from './parts.js';
import { shipmentRules } from './shipments-rules.js';
import { shipmentSources } from './shipments-sources.js';
import { shipmentSteps } from './shipments-steps.js';

/** What is drawn once for a carrier's network, and named in all of its layers. */
export interface ShipmentWords {
  readonly shipment: string;
  readonly service: string;
  readonly services: readonly string[];
  readonly zones: readonly string[];
  readonly names: Names;
  readonly draws: Draws;
  readonly view: 'table' | 'view';
}

/** Parcels with their scans, depots, carriers and tariffs. */
export const shipments = (seed: number, today: string, random: Random): Pipeline => {
  const words: ShipmentWords = {
    shipment: random.pick(['shipment_id', 'parcel_id', 'consignment_id']),
    service: random.pick(['service', 'service_level']),
    services: random.pick([
      ['standard', 'standard', 'express'],
      ['economy', 'priority', 'overnight'],
    ]),
    zones: random.pick([
      ['z1', 'z2', 'z3', 'z4'],
      ['metro', 'rural', 'island'],
    ]),
    names: namesOf(random),
    draws: drawsOf(seed),
    view: random.pick(['table', 'view']),
  };
  const { schemas } = words.names;
  const parts = { sources: shipmentSources(words), steps: shipmentSteps(words), rules: shipmentRules(words) };
  return { template: 'shipments', seed, today, schemas, ...parts };
};
