import type { Pipeline } from '../pipeline/pipeline.js';
import type { Random } from '../random.js';
import { type Names, namesOf } from './names.js';
import { type Draws, drawsOf } from './parts.js';
import { paymentRules } from './payments-rules.js';
import { paymentSources } from './payments-sources.js';
import { paymentSteps } from './payments-steps.js';

/** What is drawn once for payments, and named in all of their layers. */
export interface PaymentWords {
  readonly method: string;
  readonly country: string;
  readonly account: string;
  readonly methods: readonly string[];
  readonly currencies: readonly string[];
  readonly sectors: readonly string[];
  readonly names: Names;
  readonly draws: Draws;
  readonly view: 'table' | 'view';
}

/** Card payments and bank transfers in several currencies, with exchange rates, accounts, merchants and chargebacks. */
export const payments = (seed: number, today: string, random: Random): Pipeline => {
  const words: PaymentWords = {
    method: random.pick(['method', 'payment_method', 'scheme']),
    country: random.pick(['country', 'issuer_country']),
    account: random.pick(['account_id', 'wallet_id', 'payer_id']),
    methods: random.pick([
      ['visa', 'visa', 'mastercard', 'amex'],
      ['card', 'card', 'wallet'],
    ]),
    currencies: random.pick([
      ['EUR', 'EUR', 'USD', 'GBP', 'CHF'],
      ['EUR', 'SEK', 'NOK', 'DKK'],
    ]),
    sectors: random.pick([
      ['travel', 'food', 'games'],
      ['retail', 'energy', 'media', 'health'],
    ]),
    names: namesOf(random),
    draws: drawsOf(seed),
    view: random.pick(['table', 'view']),
  };
  const { schemas } = words.names;
  const parts = { sources: paymentSources(words), steps: paymentSteps(words), rules: paymentRules(words) };
  return { template: 'payments', seed, today, schemas, ...parts };
};
