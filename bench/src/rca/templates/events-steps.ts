import type { OutputColumn, Step } from '../pipeline/pipeline.js';
import type { EventWords } from './events.js';
import { kept, networks, regions, sections } from './events-sources.js';
import { handedOn, join, made, select, step } from './parts.js';

export const eventSteps = (words: EventWords): readonly Step[] => [
  ...stagedEvents(words),
  ...stagedReferences(words),
  ...loaded(words),
  allEvents(words),
  uniqueEvents(words),
  ...sessions(words),
  sessionsEnriched(words),
  ...campaignDays(words),
  ...marts(words),
];

const stagedEvents = ({ names, visitor, device, devices, view }: EventWords): readonly Step[] => [
  step(
    names.staged('web_events'),
    'staging',
    select(
      [names.raw('web_events'), 'e'],
      [
        ...[made('event_id', 'key', 'e.event_id'), made(visitor, 'reference', `e.${visitor}`)],
        ...[made('page_id', 'reference', 'e.page_id'), made('campaign_id', 'reference', 'e.campaign_id')],
        made('event_type', 'category', 'e.event_type', kept),
        made(device, 'category', `lower(e.${device})`, devices),
        made('region', 'category', 'e.region', regions),
        made('seconds', 'amount', 'CAST(e.duration_ms / 1000.0 AS DECIMAL(12, 3))'),
        ...[made('happened_at', 'time', 'e.happened_at'), made('received_at', 'other', 'e.received_at')],
        made('address', 'text', 'trim(e.address)'),
      ],
      { where: [`e.event_type <> 'heartbeat'`] },
    ),
  ),
  step(
    names.staged('app_events'),
    'staging',
    select(
      [names.raw('app_events'), 'a'],
      [
        ...[
          made('event_id', 'key', 'a.id'),
          made(visitor, 'reference', `a.${visitor}`),
          made('page_id', 'reference', 'a.screen_id'),
        ],
        ...[made('event_type', 'category', 'a.action', kept), made('region', 'category', 'a.region', regions)],
        ...[made('seconds', 'amount', 'CAST(a.seconds AS DECIMAL(12, 3))'), made('happened_at', 'time', 'a.ts')],
      ],
    ),
    { form: view },
  ),
];

const stagedReferences = ({ names, visitor, plan, plans }: EventWords): readonly Step[] => [
  step(
    names.staged('visitors'),
    'staging',
    select(
      [names.raw('visitors'), 'v'],
      [
        ...[made(visitor, 'key', `v.${visitor}`), made(plan, 'category', `v.${plan}`, plans)],
        made('country', 'category', 'v.country', ['JP', 'BR', 'DE']),
        ...[made('signed_up_on', 'day', 'v.signed_up_on'), made('trial_ends_on', 'day', 'v.trial_ends_on')],
        ...[made('email', 'text', 'lower(v.email)'), made('delivered_at', 'other', 'v.delivered_at')],
      ],
    ),
    { swappable: [['signed_up_on', 'trial_ends_on']] },
  ),
  step(
    names.staged('pages'),
    'staging',
    select(
      [names.raw('pages'), 'p'],
      [
        ...[made('page_id', 'key', 'p.page_id'), made('section', 'category', 'p.section', sections)],
        ...[made('path', 'text', 'lower(p.path)'), made('delivered_at', 'other', 'p.delivered_at')],
      ],
    ),
  ),
  step(
    names.staged('campaigns'),
    'staging',
    select(
      [names.raw('campaigns'), 'c'],
      [
        ...[made('campaign_id', 'key', 'c.campaign_id'), made('network', 'category', 'c.network', networks)],
        made('daily_budget', 'amount', 'CAST(c.daily_budget_cents / 100.0 AS DECIMAL(12, 2))'),
        made('delivered_at', 'other', 'c.delivered_at'),
      ],
    ),
  ),
  step(
    names.staged('spend'),
    'staging',
    select(
      [names.raw('spend'), 's'],
      [
        ...[made('campaign_id', 'reference', 's.campaign_id'), made('spent_on', 'day', 's.spent_on')],
        made('currency', 'category', 's.currency', ['USD', 'EUR']),
        made('cost', 'amount', 'CAST(s.cost_cents / 100.0 AS DECIMAL(12, 2))'),
      ],
    ),
  ),
  step(
    names.staged('signups'),
    'staging',
    select(
      [names.raw('signups'), 's'],
      [
        ...[made('signup_id', 'key', 's.signup_id'), made(visitor, 'reference', `s.${visitor}`)],
        made('offer', 'category', 's.offer', ['spring', 'none']),
        made('price', 'amount', 'CAST(s.price_cents / 100.0 AS DECIMAL(12, 2))'),
        made('signed_at', 'time', 's.signed_at'),
      ],
    ),
  ),
];

const eventColumns = ({ visitor, device, devices }: EventWords): readonly OutputColumn[] => [
  ...[made('event_id', 'key', ''), made(visitor, 'reference', ''), made('page_id', 'reference', '')],
  ...[made('campaign_id', 'reference', ''), made('event_type', 'category', '', kept)],
  ...[made(device, 'category', '', [...devices, 'app']), made('region', 'category', '', regions)],
  ...[made('seconds', 'amount', ''), made('happened_at', 'time', '')],
];

const loaded = (words: EventWords): readonly Step[] => {
  const { names, visitor } = words;
  return [
    step(
      names.core('web_events'),
      'incremental',
      select(
        [names.staged('web_events'), 'e'],
        [
          ...handedOn('e', eventColumns(words)),
          made('received_at', 'other', 'e.received_at'),
          made('address', 'text', 'e.address'),
        ],
      ),
      { form: 'daily', day: 'CAST(e.happened_at AS DATE)' },
    ),
    step(
      names.core('signups'),
      'incremental',
      select(
        [names.staged('signups'), 's'],
        [
          ...[made('signup_id', 'key', 's.signup_id'), made(visitor, 'reference', `s.${visitor}`)],
          made('offer', 'category', 's.offer', ['spring', 'none']),
          ...[made('price', 'amount', 's.price'), made('signed_at', 'time', 's.signed_at')],
        ],
      ),
      { form: 'daily', day: 'CAST(s.signed_at AS DATE)' },
    ),
  ];
};

const allEvents = (words: EventWords): Step => {
  const { names, device, view } = words;
  const app = handedOn('a', eventColumns(words)).map((column) => {
    if (column.name === 'campaign_id') return { ...column, sql: 'CAST(NULL AS INTEGER)' };
    return column.name === device ? { ...column, sql: `'app'` } : column;
  });
  return step(
    names.core('events'),
    'intermediate',
    [
      select(
        [names.core('web_events'), 'w'],
        [...handedOn('w', eventColumns(words)), made('received_at', 'other', 'w.received_at')],
      ),
      select([names.staged('app_events'), 'a'], [...app, made('received_at', 'other', 'a.happened_at')]),
    ],
    { form: view },
  );
};

const uniqueEvents = (words: EventWords): Step =>
  step(
    words.names.core('events_unique'),
    'intermediate',
    select([words.names.core('events'), 'e'], handedOn('e', eventColumns(words)), {
      latest: words.redelivers ? { key: 'e.event_id', order: 'e.received_at DESC' } : null,
    }),
  );

/** A pause of half an hour begins a new session. */
const sessions = (words: EventWords): readonly Step[] => {
  const { names, visitor, region, view } = { ...words, region: 'region' };
  const before = `lag(e.happened_at) OVER (PARTITION BY e.${visitor} ORDER BY e.happened_at, e.event_id)`;
  return [
    step(
      names.core('event_pauses'),
      'intermediate',
      select(
        [names.core('events_unique'), 'e'],
        [
          ...handedOn('e', eventColumns(words)),
          made(
            'is_first',
            'count',
            `CASE WHEN ${before} IS NULL OR e.happened_at > ${before} + INTERVAL 30 MINUTE THEN 1 ELSE 0 END`,
          ),
        ],
      ),
      { form: view },
    ),
    step(
      names.core('event_sessions'),
      'intermediate',
      select(
        [names.core('event_pauses'), 'e'],
        [
          ...handedOn('e', eventColumns(words)),
          made(
            'session_no',
            'count',
            `sum(e.is_first) OVER (PARTITION BY e.${visitor} ORDER BY e.happened_at, e.event_id)`,
          ),
        ],
      ),
    ),
    step(
      names.core('sessions'),
      'intermediate',
      select(
        [names.core('event_sessions'), 'e'],
        [
          ...[made(visitor, 'reference', `e.${visitor}`), made('session_no', 'count', 'e.session_no')],
          ...[made('started_at', 'time', 'min(e.happened_at)'), made('ended_at', 'time', 'max(e.happened_at)')],
          ...[made('events', 'count', 'count(*)'), made('seconds', 'amount', 'sum(e.seconds)')],
          made('buys', 'count', `sum(CASE WHEN e.event_type = 'buy' THEN 1 ELSE 0 END)`),
          made(region, 'category', `max(e.${region})`),
        ],
        { groupBy: [`e.${visitor}`, 'e.session_no'] },
      ),
      { swappable: [['started_at', 'ended_at']] },
    ),
  ];
};

const sessionsEnriched = ({ names, visitor, plan, plans }: EventWords): Step =>
  step(
    names.core('sessions_enriched'),
    'intermediate',
    select(
      [names.core('sessions'), 's'],
      [
        ...[made(visitor, 'reference', `s.${visitor}`), made('session_no', 'count', 's.session_no')],
        ...[made('started_at', 'time', 's.started_at'), made('ended_at', 'time', 's.ended_at')],
        ...[
          made('events', 'count', 's.events'),
          made('seconds', 'amount', 's.seconds'),
          made('buys', 'count', 's.buys'),
        ],
        ...[made('region', 'category', 's.region', regions), made(plan, 'category', `v.${plan}`, plans)],
        made('country', 'category', 'v.country', ['JP', 'BR', 'DE']),
      ],
      {
        joins: [
          join('LEFT JOIN', [names.staged('visitors'), 'v'], [[`s.${visitor}`, `v.${visitor}`]], 's.session_no + 100'),
        ],
      },
    ),
    { swappable: [['started_at', 'ended_at']] },
  );

/** Clicks and costs of each campaign and day. */
const campaignDays = ({ names }: EventWords): readonly Step[] => [
  step(
    names.core('campaign_views'),
    'intermediate',
    select(
      [names.core('events_unique'), 'e'],
      [
        ...[made('campaign_id', 'reference', 'e.campaign_id'), made('seen_on', 'day', 'CAST(e.happened_at AS DATE)')],
        ...[made('views', 'count', 'count(*)'), made('seconds', 'amount', 'sum(e.seconds)')],
      ],
      { where: ['e.campaign_id IS NOT NULL'], groupBy: ['e.campaign_id', 'CAST(e.happened_at AS DATE)'] },
    ),
  ),
  step(
    names.core('campaign_days'),
    'intermediate',
    select(
      [names.core('campaign_views'), 'w'],
      [
        ...[made('campaign_id', 'reference', 'w.campaign_id'), made('seen_on', 'day', 'w.seen_on')],
        ...[made('views', 'count', 'w.views'), made('seconds', 'amount', 'w.seconds')],
        ...[made('cost', 'amount', 's.cost'), made('network', 'category', 'c.network', networks)],
        made('budget', 'amount', 'c.daily_budget'),
      ],
      {
        joins: [
          join(
            'LEFT JOIN',
            [names.staged('spend'), 's'],
            [
              ['w.campaign_id', 's.campaign_id'],
              ['w.seen_on', 's.spent_on'],
            ],
            'w.views + 20',
          ),
          join('JOIN', [names.staged('campaigns'), 'c'], [['w.campaign_id', 'c.campaign_id']], 'w.views'),
        ],
      },
    ),
  ),
];

const marts = (words: EventWords): readonly Step[] => {
  const { names, visitor, device, devices, plan, plans } = words;
  return [
    step(
      names.mart('daily_active'),
      'mart',
      select(
        [names.core('events_unique'), 'e'],
        [
          ...[
            made('on_date', 'day', 'CAST(e.happened_at AS DATE)'),
            made(device, 'category', `e.${device}`, [...devices, 'app']),
          ],
          ...[made('visitors', 'count', `count(DISTINCT e.${visitor})`), made('events', 'count', 'count(*)')],
          made('average_seconds', 'amount', 'avg(e.seconds)'),
        ],
        { groupBy: ['CAST(e.happened_at AS DATE)', `e.${device}`] },
      ),
    ),
    step(
      names.mart('sections'),
      'mart',
      select(
        [names.core('events_unique'), 'e'],
        [
          made('section', 'category', 'p.section', sections),
          made('views', 'count', 'count(*)'),
          made('hours', 'amount', 'sum(e.seconds) / 3600'),
        ],
        {
          joins: [join('LEFT JOIN', [names.staged('pages'), 'p'], [['e.page_id', 'p.page_id']], 'e.campaign_id')],
          groupBy: ['p.section'],
        },
      ),
    ),
    step(
      names.mart('campaigns'),
      'mart',
      select(
        [names.core('campaign_days'), 'd'],
        [
          ...[made('campaign_id', 'key', 'd.campaign_id'), made('network', 'category', 'd.network', networks)],
          ...[made('cost', 'amount', 'sum(d.cost)'), made('views', 'count', 'sum(d.views)')],
          ...[made('cost_per_view', 'amount', 'sum(d.cost) / sum(d.views)'), made('budget', 'amount', 'sum(d.budget)')],
        ],
        { groupBy: ['d.campaign_id', 'd.network'] },
      ),
    ),
    step(
      names.mart('plans'),
      'mart',
      select(
        [names.core('sessions_enriched'), 's'],
        [
          ...[
            made(plan, 'category', `s.${plan}`, plans),
            made('sessions', 'count', 'count(*)'),
            made('buys', 'count', 'sum(s.buys)'),
          ],
          made('average_seconds', 'amount', 'avg(s.seconds)'),
        ],
        { groupBy: [`s.${plan}`] },
      ),
    ),
    step(
      names.mart('signups'),
      'mart',
      select(
        [names.core('signups'), 's'],
        [
          ...[
            made('signup_id', 'key', 's.signup_id'),
            made('signed_at', 'time', 's.signed_at'),
            made('price', 'amount', 's.price'),
          ],
          ...[made(plan, 'category', `v.${plan}`, plans), made('offer', 'category', 's.offer', ['spring', 'none'])],
          made('running_income', 'amount', 'sum(s.price) OVER (ORDER BY s.signed_at, s.signup_id)'),
        ],
        { joins: [join('JOIN', [names.staged('visitors'), 'v'], [[`s.${visitor}`, `v.${visitor}`]], 's.signup_id')] },
      ),
    ),
  ];
};
