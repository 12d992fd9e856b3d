import type { Pipeline } from '../pipeline/pipeline.js';
import type { Random } from '../random.js';
import { eventRules } from './events-rules.js';
import { eventSources } from './events-sources.js';
import { eventSteps } from './events-steps.js';
import { type Names, namesOf } from './names.js';
import { type Draws, drawsOf } from './parts.js';

/** What is drawn once for a web site, and named in all of its layers. */
export interface EventWords {
  readonly visitor: string;
  readonly device: string;
  readonly devices: readonly string[];
  readonly plan: string;
  readonly plans: readonly string[];
  readonly names: Names;
  readonly draws: Draws;
  readonly view: 'table' | 'view';
  /** Whether events arrive again, and are deduplicated. */
  readonly redelivers: boolean;
}

/** Events of a site and of its app, cut into sessions, with visitors, pages, campaigns and sign-ups. */
export const events = (seed: number, today: string, random: Random): Pipeline => {
  const words: EventWords = {
    visitor: random.pick(['visitor_id', 'user_id', 'client_id']),
    device: random.pick(['device', 'platform']),
    devices: random.pick([
      ['phone', 'phone', 'desktop', 'tablet'],
      ['mobile', 'desktop'],
    ]),
    plan: random.pick(['plan', 'tier']),
    plans: random.pick([
      ['free', 'free', 'pro', 'team'],
      ['basic', 'plus'],
    ]),
    names: namesOf(random),
    draws: drawsOf(seed),
    view: random.pick(['table', 'view']),
    redelivers: random.chance(40),
  };
  const { schemas } = words.names;
  const parts = { sources: eventSources(words), steps: eventSteps(words), rules: eventRules(words) };
  return { template: 'events', seed, today, schemas, ...parts };
};
