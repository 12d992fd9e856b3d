import type { Source } from '../pipeline/pipeline.js';
import type { EventWords } from './events.js';
import { dimension, facts, given } from './parts.js';

const counts = { visitors: 110, pages: 18, campaigns: 9, eventsADay: 80 };
const eventKinds = ['view', 'view', 'view', 'click', 'buy', 'heartbeat'];
export const kept = ['view', 'click', 'buy'];
export const regions = ['emea', 'amer', 'apac'];
export const sections = ['home', 'blog', 'shop', 'help'];
export const networks = ['search', 'social', 'mail'];

export const eventSources = (words: EventWords): readonly Source[] => [
  webEvents(words),
  appEvents(words),
  visitors(words),
  pages(words),
  campaigns(words),
  spend(words),
  signups(words),
];

const webEvents = ({ names, draws, visitor, device, devices, redelivers }: EventWords): Source =>
  facts(names.raw('web_events'), counts.eventsADay, 'happened_at', [
    given(
      'event_id',
      'key',
      'BIGINT',
      redelivers ? 'CASE WHEN i % 40 = 39 THEN 99999 + i ELSE 100000 + i END' : '100000 + i',
    ),
    given(visitor, 'reference', 'INTEGER', `1 + ${draws.below('visitor', counts.visitors)}`),
    given('page_id', 'reference', 'INTEGER', `1 + ${draws.below('page', counts.pages)}`),
    given('campaign_id', 'reference', 'INTEGER', `1 + ${draws.below('campaign', counts.campaigns)}`),
    given('event_type', 'category', 'VARCHAR', draws.oneOf('type', eventKinds), eventKinds),
    given(
      device,
      'category',
      'VARCHAR',
      `upper(${draws.oneOf('device', devices)})`,
      devices.map((each) => each.toUpperCase()),
    ),
    given('region', 'category', 'VARCHAR', draws.oneOf('region', regions), regions),
    given('duration_ms', 'amount', 'INTEGER', `2500 + ${draws.below('duration', 56000)}`),
    given('happened_at', 'time', 'TIMESTAMP', draws.at('happened', 5, 21)),
    given(
      'received_at',
      'other',
      'TIMESTAMP',
      `${draws.at('happened', 5, 21)} + INTERVAL 2 SECOND + i * INTERVAL 1 MILLISECOND`,
    ),
    given(
      'address',
      'text',
      'VARCHAR',
      `concat('  10.', ${draws.below('octet', 200)}, '.', ${draws.below('last', 99)}, '.7')`,
    ),
  ]);

const appEvents = ({ names, draws, visitor }: EventWords): Source =>
  facts(names.raw('app_events'), 40, 'ts', [
    given('id', 'key', 'BIGINT', '9000000 + i'),
    given(visitor, 'reference', 'INTEGER', `1 + ${draws.below('app visitor', counts.visitors)}`),
    given('screen_id', 'reference', 'INTEGER', `1 + ${draws.below('screen', counts.pages)}`),
    given('action', 'category', 'VARCHAR', draws.oneOf('action', kept), kept),
    given('region', 'category', 'VARCHAR', draws.oneOf('app region', regions), regions),
    given('seconds', 'amount', 'VARCHAR', `(2.5 + ${draws.below('seconds', 560)} / 10.0)::DECIMAL(12, 1)`),
    given('ts', 'time', 'TIMESTAMP', draws.at('ts', 5, 21)),
  ]);

const visitors = ({ names, draws, visitor, plan, plans }: EventWords): Source =>
  dimension(
    names.raw('visitors'),
    counts.visitors,
    [
      given(visitor, 'key', 'INTEGER', '1 + i'),
      given(plan, 'category', 'VARCHAR', draws.oneOf('plan', plans), plans),
      given('country', 'category', 'VARCHAR', draws.oneOf('country', ['JP', 'BR', 'DE']), ['JP', 'BR', 'DE']),
      given('signed_up_on', 'day', 'DATE', `DATE '2022-01-01' + ${draws.below('signed', 700)}`),
      given('trial_ends_on', 'day', 'DATE', `DATE '2022-01-01' + ${draws.below('signed', 700)} + 30`),
      given('email', 'text', 'VARCHAR', `concat('U', 1 + i, '@MAIL.example')`),
      given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 1 HOUR'),
    ],
    [['signed_up_on', 'trial_ends_on']],
  );

const pages = ({ names, draws }: EventWords): Source =>
  dimension(names.raw('pages'), counts.pages, [
    given('page_id', 'key', 'INTEGER', '1 + i'),
    given('section', 'category', 'VARCHAR', draws.oneOf('section', sections), sections),
    given('path', 'text', 'VARCHAR', `concat('/Page-', 1 + i)`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 1 HOUR'),
  ]);

const campaigns = ({ names, draws }: EventWords): Source =>
  dimension(names.raw('campaigns'), counts.campaigns, [
    given('campaign_id', 'key', 'INTEGER', '1 + i'),
    given('network', 'category', 'VARCHAR', draws.oneOf('network', networks), networks),
    given('daily_budget_cents', 'amount', 'INTEGER', `5000 + ${draws.below('budget', 9000)}`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 1 HOUR'),
  ]);

/** What each campaign cost each day. */
const spend = ({ names, draws }: EventWords): Source =>
  facts(names.raw('spend'), counts.campaigns, 'spent_on', [
    given('spend_id', 'key', 'INTEGER', '1 + i'),
    given('campaign_id', 'reference', 'INTEGER', `1 + i % ${counts.campaigns}`),
    given('spent_on', 'time', 'DATE', 'on_day'),
    given('currency', 'category', 'VARCHAR', draws.oneOf('spend currency', ['USD', 'EUR']), ['USD', 'EUR']),
    given('cost_cents', 'amount', 'INTEGER', `3000 + ${draws.below('cost', 2500)}`),
  ]);

const signups = ({ names, draws, visitor }: EventWords): Source =>
  facts(names.raw('signups'), 10, 'signed_at', [
    given('signup_id', 'key', 'BIGINT', '40000 + i'),
    given(visitor, 'reference', 'INTEGER', `1 + ${draws.below('signup visitor', counts.visitors)}`),
    given('offer', 'category', 'VARCHAR', draws.oneOf('offer', ['spring', 'none']), ['spring', 'none']),
    given('price_cents', 'amount', 'INTEGER', `900 + ${draws.below('signup price', 4000)}`),
    given('signed_at', 'time', 'TIMESTAMP', draws.at('signed at', 21, 23)),
  ]);
