import type { Source } from '../pipeline/pipeline.js';
import { dimension, facts, given } from './parts.js';
import type { ShipmentWords } from './shipments.js';

const counts = { carriers: 6, depots: 14, shipmentsADay: 50, scansEach: 2 };
export const modes = ['road', 'rail', 'air'];
export const scanKinds = ['in', 'out'];

export const shipmentSources = (words: ShipmentWords): readonly Source[] => [
  shipments(words),
  returns(words),
  scans(words),
  depots(words),
  carriers(words),
  tariffs(words),
  calendar(words),
];

const shipments = ({ names, draws, shipment, service, services }: ShipmentWords): Source =>
  facts(
    names.raw('shipments'),
    counts.shipmentsADay,
    'picked_up_at',
    [
      given(shipment, 'key', 'BIGINT', '200000 + i'),
      given('carrier_id', 'reference', 'INTEGER', `1 + ${draws.below('carrier', counts.carriers)}`),
      given('origin_depot', 'reference', 'INTEGER', `1 + ${draws.below('origin', counts.depots)}`),
      given('target_depot', 'reference', 'INTEGER', `1 + ${draws.below('target', counts.depots)}`),
      given(service, 'category', 'VARCHAR', draws.oneOf('service', services), services),
      given('state', 'category', 'VARCHAR', draws.oneOf('state', ['ok', 'ok', 'ok', 'void']), ['ok', 'void']),
      given('weight_g', 'amount', 'INTEGER', `500 + ${draws.below('weight', 19000)}`),
      given('declared_cents', 'amount', 'INTEGER', `1000 + ${draws.below('declared', 24000)}`),
      given('picked_up_at', 'time', 'TIMESTAMP', draws.at('picked', 6, 19)),
      given(
        'delivered_at',
        'time',
        'TIMESTAMP',
        `${draws.at('picked', 6, 19)} + ${draws.below('transit', 280)} * INTERVAL 1 MINUTE + INTERVAL 1 MINUTE`,
      ),
      given('label', 'text', 'VARCHAR', `concat(' 1Z', lpad((i * 17 % 99991)::VARCHAR, 9, '0'))`),
    ],
    [
      ['picked_up_at', 'delivered_at'],
      ['weight_g', 'declared_cents'],
    ],
  );

/** Parcels that come back, from another system: pounds of another clerk, as text. */
const returns = ({ names, draws, service, services }: ShipmentWords): Source =>
  facts(names.raw('returns'), 15, 'accepted_at', [
    given('return_id', 'key', 'BIGINT', '6000000 + i'),
    given('carrier_id', 'reference', 'INTEGER', `1 + ${draws.below('return carrier', counts.carriers)}`),
    given('depot_id', 'reference', 'INTEGER', `1 + ${draws.below('return depot', counts.depots)}`),
    given(service, 'category', 'VARCHAR', draws.oneOf('return service', services), services),
    given(
      'weight',
      'amount',
      'VARCHAR',
      `concat((0.5 + ${draws.below('return weight', 190)} / 10.0)::DECIMAL(12, 2), ' ')`,
    ),
    given('accepted_at', 'time', 'TIMESTAMP', draws.at('accepted', 6, 19)),
  ]);

const scans = ({ names, draws, shipment }: ShipmentWords): Source =>
  facts(names.raw('scans'), counts.shipmentsADay * counts.scansEach, 'scanned_at', [
    given('scan_id', 'key', 'BIGINT', '1 + i'),
    given(shipment, 'reference', 'BIGINT', `200000 + i // ${counts.scansEach}`),
    given('depot_id', 'reference', 'INTEGER', `1 + ${draws.below('scan depot', counts.depots)}`),
    given('scan_type', 'category', 'VARCHAR', `['in', 'out'][1 + i % ${counts.scansEach}]`, scanKinds),
    given('belt', 'category', 'VARCHAR', draws.oneOf('belt', ['b1', 'b2', 'b3']), ['b1', 'b2', 'b3']),
    given('seconds_on_belt', 'amount', 'INTEGER', `10 + ${draws.below('on belt', 80)}`),
    given(
      'scanned_at',
      'time',
      'TIMESTAMP',
      `${draws.at('scanned', 7, 18)} + (i % ${counts.scansEach}) * INTERVAL 3 HOUR`,
    ),
  ]);

const depots = ({ names, draws, zones }: ShipmentWords): Source =>
  dimension(
    names.raw('depots'),
    counts.depots,
    [
      given('depot_id', 'key', 'INTEGER', '1 + i'),
      given('zone', 'category', 'VARCHAR', draws.oneOf('zone', zones), zones),
      given('depot_code', 'text', 'VARCHAR', `concat('dp-', lpad((1 + i)::VARCHAR, 3, '0'), ' ')`),
      given('opened_on', 'day', 'DATE', `DATE '2015-05-01' + ${draws.below('depot opened', 800)}`),
      given('renovated_on', 'day', 'DATE', `DATE '2019-05-01' + ${draws.below('renovated', 800)}`),
      given('sent_at', 'other', 'TIMESTAMP', 'today + INTERVAL 4 HOUR'),
    ],
    [['opened_on', 'renovated_on']],
  );

const carriers = ({ names, draws }: ShipmentWords): Source =>
  dimension(names.raw('carriers'), counts.carriers, [
    given('carrier_id', 'key', 'INTEGER', '1 + i'),
    given('mode', 'category', 'VARCHAR', `['road', 'rail', 'air'][1 + i % 3]`, modes),
    given('surcharge_bps', 'amount', 'INTEGER', `100 + ${draws.below('surcharge', 300)}`),
    given('sent_at', 'other', 'TIMESTAMP', 'today + INTERVAL 4 HOUR'),
  ]);

const tariffs = ({ names, draws, zones }: ShipmentWords): Source => {
  const list = `[${zones.map((zone) => `'${zone}'`).join(', ')}]`;
  return dimension(names.raw('tariffs'), counts.carriers * zones.length, [
    given('tariff_id', 'key', 'INTEGER', '1 + i'),
    given('carrier_id', 'reference', 'INTEGER', `1 + i // ${zones.length}`),
    given('zone', 'category', 'VARCHAR', `${list}[1 + i % ${zones.length}]`, zones),
    given('cents_per_kg', 'amount', 'INTEGER', `120 + ${draws.below('per kg', 160)}`),
    given('sent_at', 'other', 'TIMESTAMP', 'today + INTERVAL 4 HOUR'),
  ]);
};

const calendar = ({ names }: ShipmentWords): Source =>
  facts(names.raw('working_days'), 1, 'work_date', [
    given('work_date', 'key', 'DATE', 'on_day'),
    given('shift_count', 'other', 'INTEGER', '3'),
  ]);
