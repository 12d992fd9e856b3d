import type { Source } from '../pipeline/pipeline.js';
import type { MeterWords } from './meters.js';
import { dimension, facts, given } from './parts.js';

const counts = { meters: 48, sites: 16 };
export const kinds = ['heat', 'light', 'motor'];
export const owners = ['city', 'private'];

export const meterSources = (words: MeterWords): readonly Source[] => [
  readings(words),
  estimates(words),
  meters(words),
  sites(words),
  prices(words),
  weather(words),
  invoices(words),
];

const readings = ({ names, draws, meter, qualities }: MeterWords): Source =>
  facts(names.raw('readings'), counts.meters * 2, 'read_at', [
    given('reading_id', 'key', 'BIGINT', '1000000 + i'),
    given(meter, 'reference', 'INTEGER', `1 + i % ${counts.meters}`),
    given('quality', 'category', 'VARCHAR', draws.oneOf('quality', [...qualities, 'failed']), [...qualities, 'failed']),
    given('channel', 'category', 'VARCHAR', draws.oneOf('channel', ['radio', 'cable']), ['radio', 'cable']),
    given('wh', 'amount', 'INTEGER', `2000 + ${draws.below('wh', 16000)}`),
    given('volts', 'amount', 'DECIMAL(12, 2)', `225 + ${draws.below('volts', 120)} / 10.0`),
    given(
      'read_at',
      'time',
      'TIMESTAMP',
      `${draws.at('read', 0, 11)} + (i // ${counts.meters} % 2) * INTERVAL 12 HOUR`,
    ),
    given(
      'firmware',
      'text',
      'VARCHAR',
      `concat('fw-', 2 + ${draws.below('firmware', 3)}, '.0.', ${draws.below('patch', 9)}, ' ')`,
    ),
  ]);

const estimates = ({ names, draws, meter }: MeterWords): Source =>
  facts(names.raw('estimates'), 12, 'estimated_for', [
    given('estimate_id', 'key', 'BIGINT', '1 + i'),
    given(meter, 'reference', 'INTEGER', `1 + ${draws.below('estimated meter', counts.meters)}`),
    given('kwh_text', 'amount', 'VARCHAR', `concat(' ', (2 + ${draws.below('estimate', 160)} / 10.0)::DECIMAL(12, 2))`),
    given('estimated_for', 'time', 'TIMESTAMP', draws.at('estimated', 2, 22)),
    given('clerk', 'category', 'VARCHAR', draws.oneOf('clerk', ['ann', 'bob']), ['ann', 'bob']),
  ]);

const meters = ({ names, draws, meter, versions }: MeterWords): Source =>
  dimension(
    names.raw('meters'),
    versions ? counts.meters + 12 : counts.meters,
    [
      given(meter, 'key', 'INTEGER', `1 + i % ${counts.meters}`),
      given('site_id', 'reference', 'INTEGER', `1 + (i % ${counts.meters}) // 3`),
      given('kind', 'category', 'VARCHAR', `['heat', 'light', 'motor'][1 + (i % ${counts.meters}) * 7 % 5 % 3]`, kinds),
      given('factor', 'amount', 'DECIMAL(12, 2)', `1 + (i % ${counts.meters}) % 3`),
      given('installed_on', 'day', 'DATE', `DATE '2012-01-01' + ${draws.below('installed', 900)}`),
      given('inspected_on', 'day', 'DATE', `DATE '2020-01-01' + ${draws.below('inspected', 900)}`),
      given(
        'delivered_at',
        'other',
        'TIMESTAMP',
        `today + INTERVAL 4 HOUR - (i // ${counts.meters}) * INTERVAL 90 DAY`,
      ),
    ],
    [['installed_on', 'inspected_on']],
  );

const sites = ({ names, draws, area, areas }: MeterWords): Source =>
  dimension(names.raw('sites'), counts.sites, [
    given('site_id', 'key', 'INTEGER', '1 + i'),
    given(area, 'category', 'VARCHAR', draws.oneOf('area', areas), areas),
    given('owner', 'category', 'VARCHAR', draws.oneOf('owner', owners), owners),
    given('site_name', 'text', 'VARCHAR', `concat('Site No ', 1 + i, '  ')`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 4 HOUR'),
  ]);

const prices = ({ names, draws, area, areas }: MeterWords): Source => {
  const list = `[${areas.map((each) => `'${each}'`).join(', ')}]`;
  return facts(names.raw('prices'), areas.length, 'price_date', [
    given('price_id', 'key', 'INTEGER', '1 + i'),
    given(area, 'category', 'VARCHAR', `${list}[1 + i % ${areas.length}]`, areas),
    given('price_date', 'time', 'DATE', 'on_day'),
    given('cents_per_kwh', 'amount', 'DECIMAL(12, 3)', `20 + ${draws.below('price', 900)} / 100.0`),
  ]);
};

const weather = ({ names, draws, area, areas }: MeterWords): Source => {
  const list = `[${areas.map((each) => `'${each}'`).join(', ')}]`;
  return facts(
    names.raw('weather'),
    areas.length,
    'observed_on',
    [
      given('observation_id', 'key', 'INTEGER', '1 + i'),
      given(area, 'category', 'VARCHAR', `${list}[1 + i % ${areas.length}]`, areas),
      given('observed_on', 'time', 'DATE', 'on_day'),
      given('low_c', 'amount', 'DECIMAL(12, 2)', `2 + ${draws.below('low', 60)} / 10.0`),
      given('high_c', 'amount', 'DECIMAL(12, 2)', `10 + ${draws.below('high', 90)} / 10.0`),
    ],
    [['low_c', 'high_c']],
  );
};

const invoices = ({ names, draws }: MeterWords): Source =>
  facts(names.raw('invoices'), 8, 'invoiced_at', [
    given('invoice_id', 'key', 'BIGINT', '880000 + i'),
    given('site_id', 'reference', 'INTEGER', `1 + ${draws.below('invoiced site', counts.sites)}`),
    given('status', 'category', 'VARCHAR', draws.oneOf('invoice status', ['paid', 'open', 'draft']), [
      'paid',
      'open',
      'draft',
    ]),
    given('total_cents', 'amount', 'INTEGER', `5000 + ${draws.below('invoice total', 20000)}`),
    given('invoiced_at', 'time', 'TIMESTAMP', draws.at('invoiced', 8, 17)),
  ]);
