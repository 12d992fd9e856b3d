import { rulesOn } from '../rules/rules-on.js';
import type { RuleSketch } from '../rules/sketch.js';
import type { EventWords } from './events.js';
import { kept, networks, regions, sections } from './events-sources.js';

export const eventRules = (words: EventWords): readonly RuleSketch[] => [
  ...onStaged(words),
  ...onCore(words),
  ...onSessions(words),
  ...onMarts(words),
];

const onStaged = ({ names, visitor, plan, plans }: EventWords): readonly RuleSketch[] => {
  const visitors = rulesOn(names.staged('visitors'));
  const spend = rulesOn(names.staged('spend'));
  const pages = rulesOn(names.staged('pages'));
  const campaigns = rulesOn(names.staged('campaigns'));
  return [
    visitors.unique(visitor),
    visitors.accepted(plan, [...new Set(plans)]),
    visitors.inOrder('signed_up_on', 'trial_ends_on'),
    visitors.matches('email', '^u[0-9]+@mail\\.example$'),
    visitors.fresh('delivered_at', 24),
    spend.uniqueTogether('campaign_id', 'spent_on'),
    spend.between('cost', 30, 60),
    spend.fresh('spent_on', 31),
    spend.refersTo('campaign_id', names.staged('campaigns'), 'campaign_id'),
    pages.unique('page_id'),
    pages.matches('path', '^/page-[0-9]+$'),
    campaigns.fresh('delivered_at', 24),
    campaigns.accepted('network', networks),
  ];
};

const onCore = ({ names, visitor, device, devices }: EventWords): readonly RuleSketch[] => {
  const web = rulesOn(names.core('web_events'));
  const all = rulesOn(names.core('events_unique'));
  return [
    web.fresh('happened_at', 24),
    web.matches('address', '^10\\.[0-9]+\\.[0-9]+\\.7$'),
    web.sameRows(names.staged('web_events')),
    web.holds('awake', 'extract(hour from happened_at) between 5 and 21'),
    web.inOrder('happened_at', 'received_at'),
    all.unique('event_id'),
    all.notNull(visitor),
    all.accepted('event_type', kept),
    all.accepted(device, [...new Set(devices), 'app']),
    all.accepted('region', regions),
    all.between('seconds', '2.5', '60'),
    all.mean('seconds'),
    all.rowCount(),
    all.notInFuture('happened_at'),
    all.refersTo(visitor, names.staged('visitors'), visitor),
    all.refersTo('page_id', names.staged('pages'), 'page_id'),
    all.fresh('happened_at', 24),
  ];
};

const onSessions = ({ names, plan, visitor }: EventWords): readonly RuleSketch[] => {
  const sessions = rulesOn(names.core('sessions_enriched'));
  const days = rulesOn(names.core('campaign_days'));
  const signups = rulesOn(names.core('signups'));
  return [
    sessions.uniqueTogether(visitor, 'session_no'),
    sessions.notNull(plan),
    sessions.inOrder('started_at', 'ended_at'),
    sessions.sameRows(names.core('sessions')),
    sessions.mean('seconds'),
    sessions.notNull('region'),
    days.uniqueTogether('campaign_id', 'seen_on'),
    days.notNull('cost'),
    days.sameRows(names.core('campaign_views')),
    days.mean('cost'),
    signups.unique('signup_id'),
    signups.fresh('signed_at', 24),
    signups.sameKeys('signup_id', names.staged('signups')),
    signups.between('price', 9, 50),
  ];
};

const onMarts = ({ names, device, devices, plan, plans }: EventWords): readonly RuleSketch[] => {
  const daily = rulesOn(names.mart('daily_active'));
  const sectionTotals = rulesOn(names.mart('sections'));
  const campaigns = rulesOn(names.mart('campaigns'));
  const planTotals = rulesOn(names.mart('plans'));
  const signups = rulesOn(names.mart('signups'));
  return [
    daily.uniqueTogether('on_date', device),
    daily.rowCount(),
    daily.accepted(device, [...new Set(devices), 'app']),
    daily.atLeast('visitors', 5),
    daily.between('average_seconds', 15, 50),
    daily.sum('events'),
    daily.fresh('on_date', 31),
    sectionTotals.notNull('section'),
    sectionTotals.accepted('section', sections),
    sectionTotals.rowCount(),
    sectionTotals.sum('views'),
    sectionTotals.sum('hours'),
    campaigns.unique('campaign_id'),
    campaigns.rowCount(),
    campaigns.sum('cost'),
    campaigns.mean('cost_per_view'),
    campaigns.mean('budget'),
    campaigns.notNull('network'),
    planTotals.notNull(plan),
    planTotals.accepted(plan, [...new Set(plans)]),
    planTotals.sum('sessions'),
    planTotals.sum('buys'),
    signups.unique('signup_id'),
    signups.notNull(plan),
    signups.rowCount(),
    signups.sum('price'),
    signups.sameRows(names.core('signups')),
    signups.mean('running_income'),
  ];
};
