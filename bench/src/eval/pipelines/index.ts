import type { EvalPipeline } from '../question.js';
import { campaigns } from './campaigns.js';
import { events } from './events.js';
import { payments } from './payments.js';
import { payroll } from './payroll.js';
import { shop } from './shop.js';
import { stock } from './stock.js';
import { subscriptions } from './subscriptions.js';
import { tickets } from './tickets.js';

/** Eight pipelines with five questions each. */
export const pipelines: readonly EvalPipeline[] = [
  ...[shop, payments, events, subscriptions, stock, campaigns, payroll, tickets],
];
