import type { Step } from '../pipeline/pipeline.js';
import type { MeterWords } from './meters.js';
import { kinds, owners } from './meters-sources.js';
import { join, made, select, step } from './parts.js';

export const meterSteps = (words: MeterWords): readonly Step[] => [
  ...stagedFacts(words),
  ...stagedReferences(words),
  ...loaded(words),
  allReadings(words),
  ...dailyUse(words),
  priced(words),
  changes(words),
  ...marts(words),
];

const stagedFacts = (words: MeterWords): readonly Step[] => {
  const { names, meter, energy, qualities, view } = words;
  return [
    step(
      names.staged('readings'),
      'staging',
      select(
        [names.raw('readings'), 'r'],
        [
          ...[made('reading_id', 'key', 'r.reading_id'), made(meter, 'reference', `r.${meter}`)],
          ...[
            made('quality', 'category', 'r.quality', qualities),
            made('channel', 'category', 'r.channel', ['radio', 'cable']),
          ],
          made(energy, 'amount', 'CAST(r.wh / 1000.0 AS DECIMAL(14, 3))'),
          ...[
            made('volts', 'amount', 'r.volts'),
            made('read_at', 'time', 'r.read_at'),
            made('firmware', 'text', 'trim(r.firmware)'),
          ],
        ],
        { where: [`r.quality <> 'failed'`] },
      ),
    ),
    step(
      names.staged('estimates'),
      'staging',
      select(
        [names.raw('estimates'), 'e'],
        [
          ...[made('reading_id', 'key', '7000000 + e.estimate_id'), made(meter, 'reference', `e.${meter}`)],
          made(energy, 'amount', 'CAST(trim(e.kwh_text) AS DECIMAL(14, 3))'),
          ...[made('read_at', 'time', 'e.estimated_for'), made('clerk', 'category', 'e.clerk', ['ann', 'bob'])],
        ],
      ),
      { form: view },
    ),
    step(
      names.staged('invoices'),
      'staging',
      select(
        [names.raw('invoices'), 'i'],
        [
          ...[made('invoice_id', 'key', 'i.invoice_id'), made('site_id', 'reference', 'i.site_id')],
          made('status', 'category', 'i.status', ['paid', 'open']),
          made('total', 'amount', 'CAST(i.total_cents / 100.0 AS DECIMAL(14, 2))'),
          made('invoiced_at', 'time', 'i.invoiced_at'),
        ],
        { where: [`i.status <> 'draft'`] },
      ),
    ),
  ];
};

const stagedReferences = ({ names, meter, area, areas, versions, view }: MeterWords): readonly Step[] => [
  step(
    names.staged('meters'),
    'staging',
    select(
      [names.raw('meters'), 'm'],
      [
        ...[made(meter, 'key', `m.${meter}`), made('site_id', 'reference', 'm.site_id')],
        ...[made('kind', 'category', 'm.kind', kinds), made('factor', 'amount', 'm.factor')],
        ...[made('installed_on', 'day', 'm.installed_on'), made('inspected_on', 'day', 'm.inspected_on')],
        made('delivered_at', 'other', 'm.delivered_at'),
      ],
      { latest: versions ? { key: `m.${meter}`, order: 'm.delivered_at DESC' } : null },
    ),
    { swappable: [['installed_on', 'inspected_on']] },
  ),
  step(
    names.staged('sites'),
    'staging',
    select(
      [names.raw('sites'), 's'],
      [
        ...[
          made('site_id', 'key', 's.site_id'),
          made(area, 'category', `s.${area}`, areas),
          made('owner', 'category', 's.owner', owners),
        ],
        ...[made('site_name', 'text', 'lower(trim(s.site_name))'), made('delivered_at', 'other', 's.delivered_at')],
      ],
    ),
    { form: view },
  ),
  step(
    names.staged('prices'),
    'staging',
    select(
      [names.raw('prices'), 'p'],
      [
        ...[made(area, 'category', `p.${area}`, areas), made('price_date', 'day', 'p.price_date')],
        made('price', 'amount', 'CAST(p.cents_per_kwh / 100.0 AS DECIMAL(14, 5))'),
      ],
    ),
  ),
  step(
    names.staged('weather'),
    'staging',
    select(
      [names.raw('weather'), 'w'],
      [
        ...[made(area, 'category', `w.${area}`, areas), made('observed_on', 'day', 'w.observed_on')],
        ...[made('low_c', 'amount', 'w.low_c'), made('high_c', 'amount', 'w.high_c')],
      ],
    ),
    { swappable: [['low_c', 'high_c']] },
  ),
];

const loaded = (words: MeterWords): readonly Step[] => {
  const { names, meter, energy, qualities } = words;
  return [
    step(
      names.core('readings'),
      'incremental',
      select(
        [names.staged('readings'), 'r'],
        [
          ...[made('reading_id', 'key', 'r.reading_id'), made(meter, 'reference', `r.${meter}`)],
          ...[
            made('quality', 'category', 'r.quality', qualities),
            made('channel', 'category', 'r.channel', ['radio', 'cable']),
          ],
          ...[
            made(energy, 'amount', `r.${energy}`),
            made('volts', 'amount', 'r.volts'),
            made('read_at', 'time', 'r.read_at'),
          ],
          made('firmware', 'text', 'r.firmware'),
        ],
      ),
      { form: 'daily', day: 'CAST(r.read_at AS DATE)' },
    ),
    step(
      names.core('invoices'),
      'incremental',
      select(
        [names.staged('invoices'), 'i'],
        [
          ...[made('invoice_id', 'key', 'i.invoice_id'), made('site_id', 'reference', 'i.site_id')],
          ...[
            made('status', 'category', 'i.status', ['paid', 'open']),
            made('total', 'amount', 'i.total'),
            made('invoiced_at', 'time', 'i.invoiced_at'),
          ],
        ],
      ),
      { form: 'daily', day: 'CAST(i.invoiced_at AS DATE)' },
    ),
  ];
};

const allReadings = (words: MeterWords): Step => {
  const { names, meter, energy, qualities, view } = words;
  const columns = (alias: string, quality: string) => [
    ...[made('reading_id', 'key', `${alias}.reading_id`), made(meter, 'reference', `${alias}.${meter}`)],
    made('quality', 'category', quality, [...qualities, 'estimated']),
    ...[made(energy, 'amount', `${alias}.${energy}`), made('read_at', 'time', `${alias}.read_at`)],
  ];
  return step(
    names.core('all_readings'),
    'intermediate',
    [
      select([names.core('readings'), 'r'], columns('r', 'r.quality')),
      select([names.staged('estimates'), 'e'], columns('e', `'estimated'`)),
    ],
    { form: view },
  );
};

const dailyUse = (words: MeterWords): readonly Step[] => {
  const { names, meter, energy, area, areas } = words;
  return [
    step(
      names.core('meter_days'),
      'intermediate',
      select(
        [names.core('all_readings'), 'r'],
        [
          ...[made(meter, 'reference', `r.${meter}`), made('used_on', 'day', 'CAST(r.read_at AS DATE)')],
          ...[
            made(energy, 'amount', `sum(r.${energy})`),
            made('readings', 'count', 'count(*)'),
            made('last_read_at', 'time', 'max(r.read_at)'),
          ],
        ],
        { groupBy: [`r.${meter}`, 'CAST(r.read_at AS DATE)'] },
      ),
    ),
    step(
      names.core('site_use'),
      'intermediate',
      select(
        [names.core('meter_days'), 'd'],
        [
          ...[
            made(meter, 'reference', `d.${meter}`),
            made('used_on', 'day', 'd.used_on'),
            made('readings', 'count', 'd.readings'),
          ],
          made(energy, 'amount', `CAST(d.${energy} * m.factor AS DECIMAL(14, 3))`),
          ...[made('site_id', 'reference', 'm.site_id'), made('kind', 'category', 'm.kind', kinds)],
          ...[made(area, 'category', `s.${area}`, areas), made('owner', 'category', 's.owner', owners)],
        ],
        {
          joins: [
            join('JOIN', [names.staged('meters'), 'm'], [[`d.${meter}`, `m.${meter}`]], 'd.readings'),
            join('LEFT JOIN', [names.staged('sites'), 's'], [['m.site_id', 's.site_id']], `m.${meter}`),
          ],
        },
      ),
    ),
  ];
};

const priced = (words: MeterWords): Step => {
  const { names, meter, energy, area, areas } = words;
  return step(
    names.core('use_priced'),
    'intermediate',
    select(
      [names.core('site_use'), 'u'],
      [
        ...[
          made(meter, 'reference', `u.${meter}`),
          made('used_on', 'day', 'u.used_on'),
          made('site_id', 'reference', 'u.site_id'),
        ],
        ...[
          made('kind', 'category', 'u.kind', kinds),
          made(area, 'category', `u.${area}`, areas),
          made('owner', 'category', 'u.owner', owners),
        ],
        ...[made(energy, 'amount', `u.${energy}`), made('price', 'amount', 'p.price')],
        made('cost', 'amount', `CAST(u.${energy} * p.price AS DECIMAL(14, 4))`),
        made('span_c', 'amount', 'w.high_c - w.low_c'),
      ],
      {
        joins: [
          join(
            'LEFT JOIN',
            [names.staged('prices'), 'p'],
            [
              [`u.${area}`, `p.${area}`],
              ['u.used_on', 'p.price_date'],
            ],
            'u.owner',
          ),
          join(
            'LEFT JOIN',
            [names.staged('weather'), 'w'],
            [
              [`u.${area}`, `w.${area}`],
              ['u.used_on', 'w.observed_on'],
            ],
            'u.kind',
          ),
        ],
      },
    ),
  );
};

/** What a meter used more than the day before. */
const changes = (words: MeterWords): Step => {
  const { names, meter, energy, area, areas } = words;
  return step(
    names.core('use_changes'),
    'intermediate',
    select(
      [names.core('use_priced'), 'u'],
      [
        ...[
          made(meter, 'reference', `u.${meter}`),
          made('used_on', 'day', 'u.used_on'),
          made(area, 'category', `u.${area}`, areas),
        ],
        made('change', 'amount', `u.${energy} - lag(u.${energy}) OVER (PARTITION BY u.${meter} ORDER BY u.used_on)`),
        made('cost_so_far', 'amount', `sum(u.cost) OVER (PARTITION BY u.${meter} ORDER BY u.used_on)`),
      ],
    ),
    { form: words.view },
  );
};

const marts = (words: MeterWords): readonly Step[] => {
  const { names, meter, energy, area, areas } = words;
  const sums = [
    ...[
      made(energy, 'amount', `sum(u.${energy})`),
      made('cost', 'amount', 'sum(u.cost)'),
      made('meter_days', 'count', 'count(*)'),
    ],
  ];
  return [
    step(
      names.mart('area_days'),
      'mart',
      select(
        [names.core('use_priced'), 'u'],
        [
          made(area, 'category', `u.${area}`, areas),
          made('used_on', 'day', 'u.used_on'),
          ...sums,
          made('average_price', 'amount', 'avg(u.price)'),
        ],
        { groupBy: [`u.${area}`, 'u.used_on'] },
      ),
    ),
    step(
      names.mart('area_gaps'),
      'mart',
      select(
        [names.mart('area_days'), 'd'],
        [
          ...[made(area, 'category', `d.${area}`, areas), made('used_on', 'day', 'd.used_on')],
          made(
            'days_since',
            'count',
            `date_diff('day', lag(d.used_on) OVER (PARTITION BY d.${area} ORDER BY d.used_on), d.used_on)`,
          ),
        ],
      ),
    ),
    step(
      names.mart('kinds'),
      'mart',
      select(
        [names.core('use_priced'), 'u'],
        [made('kind', 'category', 'u.kind', kinds), ...sums, made('widest_span', 'amount', 'max(u.span_c)')],
        {
          groupBy: ['u.kind'],
        },
      ),
    ),
    step(
      names.mart('meters'),
      'mart',
      select(
        [names.core('use_changes'), 'c'],
        [
          ...[made(meter, 'key', `c.${meter}`), made('last_used_on', 'day', 'c.used_on')],
          ...[made('cost_so_far', 'amount', 'c.cost_so_far'), made('change', 'amount', 'c.change')],
        ],
        { latest: { key: `c.${meter}`, order: 'c.used_on DESC' } },
      ),
    ),
    step(
      names.mart('invoices'),
      'mart',
      select(
        [names.core('invoices'), 'i'],
        [
          ...[
            made('invoice_id', 'key', 'i.invoice_id'),
            made('invoiced_at', 'time', 'i.invoiced_at'),
            made('total', 'amount', 'i.total'),
          ],
          ...[made(area, 'category', `s.${area}`, areas), made('status', 'category', 'i.status', ['paid', 'open'])],
        ],
        { joins: [join('LEFT JOIN', [names.staged('sites'), 's'], [['i.site_id', 's.site_id']], 'i.invoice_id')] },
      ),
    ),
  ];
};
