import { rulesOn } from '../rules/rules-on.js';
import type { RuleSketch } from '../rules/sketch.js';
import type { MeterWords } from './meters.js';
import { kinds, owners } from './meters-sources.js';

export const meterRules = (words: MeterWords): readonly RuleSketch[] => [
  ...onStaged(words),
  ...onLoaded(words),
  ...onCore(words),
  ...onMarts(words),
];

const onStaged = ({ names, meter, area, areas }: MeterWords): readonly RuleSketch[] => {
  const meters = rulesOn(names.staged('meters'));
  const sites = rulesOn(names.staged('sites'));
  const prices = rulesOn(names.staged('prices'));
  const weather = rulesOn(names.staged('weather'));
  return [
    meters.unique(meter),
    meters.inOrder('installed_on', 'inspected_on'),
    meters.fresh('delivered_at', 24),
    meters.refersTo('site_id', names.staged('sites'), 'site_id'),
    meters.between('factor', 1, 3),
    sites.unique('site_id'),
    sites.accepted(area, areas),
    sites.accepted('owner', owners),
    sites.matches('site_name', '^site no [0-9]+$'),
    sites.fresh('delivered_at', 24),
    prices.uniqueTogether(area, 'price_date'),
    prices.between('price', '0.2', '0.3'),
    prices.fresh('price_date', 31),
    weather.fresh('observed_on', 31),
    weather.holds('low_below_high', 'low_c <= high_c'),
    weather.between('high_c', 5, 25),
  ];
};

const onLoaded = ({ names, meter, energy, qualities }: MeterWords): readonly RuleSketch[] => {
  const readings = rulesOn(names.core('readings'));
  const invoices = rulesOn(names.core('invoices'));
  return [
    readings.unique('reading_id'),
    readings.fresh('read_at', 24),
    readings.accepted('quality', [...new Set(qualities)]),
    readings.between('volts', 220, 240),
    readings.between(energy, 2, 18),
    readings.matches('firmware', '^fw-[0-9]\\.0\\.[0-9]$'),
    readings.sameRows(names.staged('readings')),
    readings.refersTo(meter, names.staged('meters'), meter),
    readings.notInFuture('read_at'),
    invoices.unique('invoice_id'),
    invoices.fresh('invoiced_at', 24),
    invoices.sameKeys('invoice_id', names.staged('invoices')),
    invoices.between('total', 50, 250),
    invoices.holds('office_hours', 'extract(hour from invoiced_at) between 8 and 17'),
  ];
};

const onCore = ({ names, meter, energy, area, areas }: MeterWords): readonly RuleSketch[] => {
  const all = rulesOn(names.core('all_readings'));
  const days = rulesOn(names.core('meter_days'));
  const use = rulesOn(names.core('use_priced'));
  return [
    all.unique('reading_id'),
    all.notNull(energy),
    all.mean(energy),
    all.rowCount(),
    days.between('readings', 1, 6),
    days.mean(energy),
    use.uniqueTogether(meter, 'used_on'),
    use.notNull('cost'),
    use.notNull(area),
    use.notNull('span_c'),
    use.between('span_c', 0, 25),
    use.mean('cost'),
    use.sameRows(names.core('meter_days')),
    use.accepted('kind', kinds),
    use.accepted(area, areas),
    use.fresh('used_on', 31),
  ];
};

const onMarts = ({ names, meter, energy, area, areas }: MeterWords): readonly RuleSketch[] => {
  const days = rulesOn(names.mart('area_days'));
  const gaps = rulesOn(names.mart('area_gaps'));
  const byKind = rulesOn(names.mart('kinds'));
  const meters = rulesOn(names.mart('meters'));
  const invoices = rulesOn(names.mart('invoices'));
  return [
    days.uniqueTogether(area, 'used_on'),
    days.rowCount(),
    days.notNull('cost'),
    days.between('average_price', '0.2', '0.3'),
    days.sum(energy),
    days.sameSum('cost', names.core('use_priced'), 'cost'),
    gaps.between('days_since', 1, 1),
    byKind.accepted('kind', kinds),
    byKind.rowCount(),
    byKind.sum('cost'),
    byKind.sum('meter_days'),
    byKind.between('widest_span', 5, 25),
    meters.unique(meter),
    meters.rowCount(),
    meters.mean('cost_so_far'),
    meters.between('change', -250, 250),
    meters.fresh('last_used_on', 31),
    invoices.unique('invoice_id'),
    invoices.notNull(area),
    invoices.accepted(area, areas),
    invoices.sameRows(names.core('invoices')),
    invoices.sum('total'),
    invoices.notInFuture('invoiced_at'),
  ];
};
