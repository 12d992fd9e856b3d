import type { OutputColumn, Step } from '../pipeline/pipeline.js';
import { handedOn, join, made, select, step } from './parts.js';
import type { ShipmentWords } from './shipments.js';
import { modes, scanKinds } from './shipments-sources.js';

export const shipmentSteps = (words: ShipmentWords): readonly Step[] => [
  ...stagedFacts(words),
  ...stagedReferences(words),
  ...loaded(words),
  allParcels(words),
  lastScans(words),
  priced(words),
  tracked(words),
  depotLoad(words),
  ...marts(words),
];

const stagedFacts = ({ names, shipment, service, services, view }: ShipmentWords): readonly Step[] => [
  step(
    names.staged('shipments'),
    'staging',
    select(
      [names.raw('shipments'), 's'],
      [
        ...[made(shipment, 'key', `s.${shipment}`), made('carrier_id', 'reference', 's.carrier_id')],
        ...[made('depot_id', 'reference', 's.origin_depot'), made('target_depot_id', 'reference', 's.target_depot')],
        made(service, 'category', `s.${service}`, services),
        made('weight_kg', 'amount', 'CAST(s.weight_g / 1000.0 AS DECIMAL(12, 3))'),
        made('declared', 'amount', 'CAST(s.declared_cents / 100.0 AS DECIMAL(12, 2))'),
        ...[made('picked_up_at', 'time', 's.picked_up_at'), made('delivered_at', 'time', 's.delivered_at')],
        made('label', 'text', 'trim(s.label)'),
      ],
      { where: [`s.state = 'ok'`] },
    ),
    {
      swappable: [
        ['picked_up_at', 'delivered_at'],
        ['weight_kg', 'declared'],
      ],
    },
  ),
  step(
    names.staged('returns'),
    'staging',
    select(
      [names.raw('returns'), 'r'],
      [
        ...[made(shipment, 'key', 'r.return_id'), made('carrier_id', 'reference', 'r.carrier_id')],
        ...[made('depot_id', 'reference', 'r.depot_id'), made(service, 'category', `r.${service}`, services)],
        made('weight_kg', 'amount', 'CAST(trim(r.weight) AS DECIMAL(12, 3))'),
        made('accepted_at', 'time', 'r.accepted_at'),
      ],
    ),
    { form: view },
  ),
  step(
    names.staged('scans'),
    'staging',
    select(
      [names.raw('scans'), 'c'],
      [
        ...[made('scan_id', 'key', 'c.scan_id'), made(shipment, 'reference', `c.${shipment}`)],
        ...[made('depot_id', 'reference', 'c.depot_id'), made('scan_type', 'category', 'c.scan_type', scanKinds)],
        made('belt', 'category', 'upper(c.belt)', ['B1', 'B2', 'B3']),
        made('belt_seconds', 'amount', 'c.seconds_on_belt'),
        made('scanned_at', 'time', 'c.scanned_at'),
      ],
    ),
  ),
];

const stagedReferences = ({ names, zones, view }: ShipmentWords): readonly Step[] => [
  step(
    names.staged('depots'),
    'staging',
    select(
      [names.raw('depots'), 'd'],
      [
        ...[made('depot_id', 'key', 'd.depot_id'), made('zone', 'category', 'd.zone', zones)],
        made('depot_code', 'text', 'upper(trim(d.depot_code))'),
        ...[made('opened_on', 'day', 'd.opened_on'), made('renovated_on', 'day', 'd.renovated_on')],
        made('sent_at', 'other', 'd.sent_at'),
      ],
    ),
    { swappable: [['opened_on', 'renovated_on']] },
  ),
  step(
    names.staged('carriers'),
    'staging',
    select(
      [names.raw('carriers'), 'c'],
      [
        ...[made('carrier_id', 'key', 'c.carrier_id'), made('mode', 'category', 'c.mode', modes)],
        made('surcharge', 'amount', 'CAST(c.surcharge_bps / 10000.0 AS DECIMAL(8, 4))'),
        made('sent_at', 'other', 'c.sent_at'),
      ],
    ),
    { form: view },
  ),
  step(
    names.staged('tariffs'),
    'staging',
    select(
      [names.raw('tariffs'), 't'],
      [
        ...[made('carrier_id', 'reference', 't.carrier_id'), made('zone', 'category', 't.zone', zones)],
        made('per_kg', 'amount', 'CAST(t.cents_per_kg / 100.0 AS DECIMAL(12, 2))'),
        made('sent_at', 'other', 't.sent_at'),
      ],
    ),
  ),
];

const parcelColumns = ({ shipment, service, services }: ShipmentWords): readonly OutputColumn[] => [
  ...[made(shipment, 'key', ''), made('carrier_id', 'reference', ''), made('depot_id', 'reference', '')],
  ...[made(service, 'category', '', services), made('weight_kg', 'amount', ''), made('picked_up_at', 'time', '')],
];

const loaded = (words: ShipmentWords): readonly Step[] => {
  const { names, shipment } = words;
  return [
    step(
      names.core('shipments'),
      'incremental',
      select(
        [names.staged('shipments'), 's'],
        [
          ...handedOn('s', parcelColumns(words)),
          ...[made('target_depot_id', 'reference', 's.target_depot_id'), made('declared', 'amount', 's.declared')],
          ...[made('delivered_at', 'time', 's.delivered_at'), made('label', 'text', 's.label')],
        ],
      ),
      { form: 'daily', day: 'CAST(s.picked_up_at AS DATE)', swappable: [['picked_up_at', 'delivered_at']] },
    ),
    step(
      names.core('scans'),
      'incremental',
      select(
        [names.staged('scans'), 'c'],
        [
          ...[made('scan_id', 'key', 'c.scan_id'), made(shipment, 'reference', `c.${shipment}`)],
          ...[made('depot_id', 'reference', 'c.depot_id'), made('scan_type', 'category', 'c.scan_type', scanKinds)],
          ...[made('belt', 'category', 'c.belt', ['B1', 'B2', 'B3']), made('belt_seconds', 'amount', 'c.belt_seconds')],
          made('scanned_at', 'time', 'c.scanned_at'),
        ],
      ),
      { form: 'daily', day: 'CAST(c.scanned_at AS DATE)' },
    ),
  ];
};

const allParcels = (words: ShipmentWords): Step => {
  const { names, view } = words;
  const columns = parcelColumns(words);
  const back = handedOn('r', columns).map((column) =>
    column.name === 'picked_up_at' ? { ...column, sql: 'r.accepted_at' } : column,
  );
  return step(
    names.core('parcels'),
    'intermediate',
    [
      select([names.core('shipments'), 's'], [...handedOn('s', columns), made('direction', 'category', `'out'`)]),
      select([names.staged('returns'), 'r'], [...back, made('direction', 'category', `'back'`)]),
    ],
    { form: view },
  );
};

const lastScans = ({ names, shipment }: ShipmentWords): Step =>
  step(
    names.core('last_scans'),
    'intermediate',
    select(
      [names.core('scans'), 'c'],
      [
        ...[made(shipment, 'key', `c.${shipment}`), made('last_scan', 'category', 'c.scan_type', scanKinds)],
        ...[made('belt', 'category', 'c.belt', ['B1', 'B2', 'B3']), made('last_scan_at', 'time', 'c.scanned_at')],
      ],
      { latest: { key: `c.${shipment}`, order: 'c.scanned_at DESC, c.scan_id DESC' } },
    ),
  );

const priced = (words: ShipmentWords): Step => {
  const { names, zones } = words;
  return step(
    names.core('parcels_priced'),
    'intermediate',
    select(
      [names.core('parcels'), 'p'],
      [
        ...handedOn('p', [...parcelColumns(words), made('direction', 'category', '')]),
        ...[made('zone', 'category', 'd.zone', zones), made('mode', 'category', 'c.mode', modes)],
        made('freight', 'amount', 'CAST(p.weight_kg * t.per_kg AS DECIMAL(14, 2))'),
        made('freight_total', 'amount', 'CAST(p.weight_kg * t.per_kg * (1 + c.surcharge) AS DECIMAL(14, 2))'),
      ],
      {
        joins: [
          join('JOIN', [names.staged('depots'), 'd'], [['p.depot_id', 'd.depot_id']], 'p.carrier_id + 10'),
          join(
            'LEFT JOIN',
            [names.staged('tariffs'), 't'],
            [
              ['p.carrier_id', 't.carrier_id'],
              ['d.zone', 't.zone'],
            ],
            'p.depot_id',
          ),
          join('LEFT JOIN', [names.staged('carriers'), 'c'], [['p.carrier_id', 'c.carrier_id']], 'p.depot_id'),
        ],
      },
    ),
  );
};

const tracked = (words: ShipmentWords): Step => {
  const { names, shipment, service, services, zones } = words;
  return step(
    names.core('parcels_tracked'),
    'intermediate',
    select(
      [names.core('parcels_priced'), 'p'],
      [
        ...[made(shipment, 'key', `p.${shipment}`), made(service, 'category', `p.${service}`, services)],
        ...[made('zone', 'category', 'p.zone', zones), made('mode', 'category', 'p.mode', modes)],
        ...[made('weight_kg', 'amount', 'p.weight_kg'), made('freight_total', 'amount', 'p.freight_total')],
        ...[made('picked_up_at', 'time', 'p.picked_up_at'), made('last_scan', 'category', 's.last_scan', scanKinds)],
        made('hours_to_last_scan', 'amount', `date_diff('hour', p.picked_up_at, s.last_scan_at)`),
      ],
      {
        joins: [
          {
            ...join(
              'LEFT JOIN',
              [names.core('last_scans'), 's'],
              [[`p.${shipment}`, `s.${shipment}`]],
              `p.${shipment} + 50`,
            ),
          },
        ],
        where: [`p.direction = 'out'`],
      },
    ),
  );
};

/** How many parcels each depot has seen on a day, and until then. */
const depotLoad = ({ names, zones }: ShipmentWords): Step =>
  step(
    names.core('depot_load'),
    'intermediate',
    select(
      [names.core('scans'), 'c'],
      [
        ...[made('depot_id', 'reference', 'c.depot_id'), made('zone', 'category', 'd.zone', zones)],
        ...[made('scan_id', 'key', 'c.scan_id'), made('scanned_at', 'time', 'c.scanned_at')],
        ...[made('scan_type', 'category', 'c.scan_type', scanKinds), made('belt_seconds', 'amount', 'c.belt_seconds')],
        made('seen_so_far', 'count', 'count(*) OVER (PARTITION BY c.depot_id ORDER BY c.scanned_at, c.scan_id)'),
      ],
      { joins: [join('JOIN', [names.staged('depots'), 'd'], [['c.depot_id', 'd.depot_id']], 'c.scan_id')] },
    ),
  );

const marts = (words: ShipmentWords): readonly Step[] => {
  const { names, service, services, zones } = words;
  return [
    step(
      names.mart('zone_costs'),
      'mart',
      select(
        [names.core('parcels_tracked'), 'p'],
        [
          ...[made('zone', 'category', 'p.zone', zones), made(service, 'category', `p.${service}`, services)],
          ...[made('parcels', 'count', 'count(*)'), made('freight', 'amount', 'sum(p.freight_total)')],
          ...[
            made('kg', 'amount', 'sum(p.weight_kg)'),
            made('freight_per_kg', 'amount', 'sum(p.freight_total) / sum(p.weight_kg)'),
          ],
        ],
        { groupBy: ['p.zone', `p.${service}`] },
      ),
    ),
    step(
      names.mart('modes'),
      'mart',
      select(
        [names.core('parcels_priced'), 'p'],
        [
          ...[made('mode', 'category', 'p.mode', modes), made('parcels', 'count', 'count(*)')],
          ...[made('freight', 'amount', 'sum(p.freight)'), made('heaviest', 'amount', 'max(p.weight_kg)')],
        ],
        { groupBy: ['p.mode'] },
      ),
    ),
    step(
      names.mart('service_times'),
      'mart',
      select(
        [names.core('parcels_tracked'), 'p'],
        [
          ...[made(service, 'category', `p.${service}`, services), made('parcels', 'count', 'count(*)')],
          ...[
            made('average_hours', 'amount', 'avg(p.hours_to_last_scan)'),
            made('average_kg', 'amount', 'avg(p.weight_kg)'),
          ],
        ],
        { groupBy: [`p.${service}`] },
      ),
    ),
    step(
      names.mart('depot_days'),
      'mart',
      select(
        [names.core('depot_load'), 'l'],
        [
          ...[made('depot_id', 'reference', 'l.depot_id'), made('on_date', 'day', 'CAST(l.scanned_at AS DATE)')],
          ...[
            made('zone', 'category', 'l.zone', zones),
            made('scans', 'count', 'count(*)'),
            made('seen', 'count', 'max(l.seen_so_far)'),
          ],
          made('belt_seconds', 'amount', 'avg(l.belt_seconds)'),
        ],
        { groupBy: ['l.depot_id', 'CAST(l.scanned_at AS DATE)', 'l.zone'] },
      ),
    ),
    step(
      names.mart('working_days'),
      'mart',
      select(
        [names.raw('working_days'), 'w'],
        [made('work_date', 'day', 'w.work_date'), made('scans', 'count', 'COALESCE(sum(d.scans), 0)')],
        {
          joins: [join('LEFT JOIN', [names.mart('depot_days'), 'd'], [['w.work_date', 'd.on_date']])],
          groupBy: ['w.work_date'],
        },
      ),
    ),
  ];
};
