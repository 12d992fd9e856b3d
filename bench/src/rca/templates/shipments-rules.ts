import { rulesOn } from '../rules/rules-on.js';
import type { RuleSketch } from '../rules/sketch.js';
import type { ShipmentWords } from './shipments.js';
import { modes, scanKinds } from './shipments-sources.js';

export const shipmentRules = (words: ShipmentWords): readonly RuleSketch[] => [
  ...onStaged(words),
  ...onLoaded(words),
  ...onCore(words),
  ...onMarts(words),
];

const onStaged = ({ names, zones }: ShipmentWords): readonly RuleSketch[] => {
  const depots = rulesOn(names.staged('depots'));
  const carriers = rulesOn(names.staged('carriers'));
  const tariffs = rulesOn(names.staged('tariffs'));
  return [
    depots.unique('depot_id'),
    depots.accepted('zone', zones),
    depots.matches('depot_code', '^DP-[0-9]{3}$'),
    depots.inOrder('opened_on', 'renovated_on'),
    depots.fresh('sent_at', 24),
    carriers.accepted('mode', modes),
    carriers.fresh('sent_at', 24),
    carriers.between('surcharge', '0.01', '0.05'),
    tariffs.uniqueTogether('carrier_id', 'zone'),
    tariffs.between('per_kg', 1, 3),
    tariffs.refersTo('carrier_id', names.staged('carriers'), 'carrier_id'),
    tariffs.fresh('sent_at', 24),
  ];
};

const onLoaded = ({ names, shipment, service, services }: ShipmentWords): readonly RuleSketch[] => {
  const out = rulesOn(names.core('shipments'));
  const scans = rulesOn(names.core('scans'));
  return [
    out.unique(shipment),
    out.inOrder('picked_up_at', 'delivered_at'),
    out.fresh('picked_up_at', 24),
    out.matches('label', '^1Z[0-9]{9}$'),
    out.between('declared', 10, 250),
    out.between('weight_kg', '0.5', '20'),
    out.accepted(service, [...new Set(services)]),
    out.sameKeys(shipment, names.staged('shipments')),
    out.holds('pick_up_hours', 'extract(hour from picked_up_at) between 6 and 19'),
    out.refersTo('target_depot_id', names.staged('depots'), 'depot_id'),
    scans.unique('scan_id'),
    scans.sameRows(names.staged('scans')),
    scans.accepted('scan_type', scanKinds),
    scans.fresh('scanned_at', 24),
    scans.mean('belt_seconds'),
    scans.refersTo(shipment, names.raw('shipments'), shipment),
    scans.refersTo('depot_id', names.staged('depots'), 'depot_id'),
    scans.holds('scan_hours', 'extract(hour from scanned_at) between 7 and 21'),
  ];
};

const onCore = ({ names, shipment, zones }: ShipmentWords): readonly RuleSketch[] => {
  const priced = rulesOn(names.core('parcels_priced'));
  const tracked = rulesOn(names.core('parcels_tracked'));
  const load = rulesOn(names.core('depot_load'));
  return [
    priced.unique(shipment),
    priced.notNull('freight'),
    priced.notNull('freight_total'),
    priced.notNull('mode'),
    priced.accepted('zone', zones),
    priced.sameRows(names.core('parcels')),
    priced.rowCount(),
    priced.mean('weight_kg'),
    priced.mean('freight'),
    tracked.notNull('last_scan'),
    tracked.between('hours_to_last_scan', -12, 16),
    tracked.sameKeys(shipment, names.core('shipments')),
    tracked.sum('freight_total'),
    tracked.accepted('last_scan', scanKinds),
    load.sameRows(names.core('scans')),
    load.notInFuture('scanned_at'),
  ];
};

const onMarts = ({ names, service, services, zones }: ShipmentWords): readonly RuleSketch[] => {
  const costs = rulesOn(names.mart('zone_costs'));
  const byMode = rulesOn(names.mart('modes'));
  const times = rulesOn(names.mart('service_times'));
  const days = rulesOn(names.mart('depot_days'));
  const working = rulesOn(names.mart('working_days'));
  return [
    costs.uniqueTogether('zone', service),
    costs.accepted('zone', zones),
    costs.notNull('freight'),
    costs.rowCount(),
    costs.between('freight_per_kg', 1, 4),
    costs.sum('freight'),
    costs.sameSum('kg', names.core('parcels_tracked'), 'weight_kg'),
    byMode.notNull('mode'),
    byMode.unique('mode'),
    byMode.rowCount(),
    byMode.sum('parcels'),
    byMode.between('heaviest', 10, 25),
    times.accepted(service, [...new Set(services)]),
    times.mean('average_kg'),
    times.between('average_hours', 1, 8),
    times.rowCount(),
    days.uniqueTogether('depot_id', 'on_date'),
    days.rowCount(),
    days.mean('belt_seconds'),
    days.sum('scans'),
    days.fresh('on_date', 31),
    working.unique('work_date'),
    working.atLeast('scans', 70),
    working.mean('scans'),
  ];
};
