import type { Pipeline } from '../pipeline/pipeline.js';
import type { Random } from '../random.js';
import { type Names, namesOf } from './names.js';
import { type Draws, drawsOf } from './parts.js';
import { shopRules } from './shop-rules.js';
import { shopSources } from './shop-sources.js';
import { shopSteps } from './shop-steps.js';

/** What is drawn once for a shop, and named in all of its layers. */
export interface ShopWords {
  readonly market: string;
  readonly channel: string;
  readonly amount: string;
  readonly markets: readonly string[];
  readonly channels: readonly string[];
  readonly names: Names;
  readonly draws: Draws;
  /** Whether orders arrive again when they change, and are deduplicated. */
  readonly redelivers: boolean;
  readonly view: 'table' | 'view';
}

/** Orders of a web shop and of its stores, with prices, customers and refunds. */
export const shop = (seed: number, today: string, random: Random): Pipeline => {
  const words: ShopWords = {
    market: random.pick(['market', 'country', 'country_code', 'store_region']),
    channel: random.pick(['channel', 'sales_channel', 'origin']),
    amount: random.pick(['amount', 'revenue', 'net_total']),
    markets: random.pick([
      ['DE', 'FR', 'IT', 'NL', 'ES'],
      ['north', 'south', 'east', 'west'],
      ['US', 'US', 'CA', 'MX', 'BR', 'AR'],
    ]),
    channels: random.pick([
      ['web', 'web', 'app', 'phone'],
      ['online', 'mobile', 'partner'],
    ]),
    names: namesOf(random),
    draws: drawsOf(seed),
    redelivers: random.chance(50),
    view: random.pick(['table', 'view']),
  };
  const { schemas } = words.names;
  const parts = { sources: shopSources(words), steps: shopSteps(words), rules: shopRules(words) };
  return { template: 'shop', seed, today, schemas, ...parts };
};
