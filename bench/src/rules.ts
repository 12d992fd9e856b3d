import { compileRules } from '@aegis/rules';
import type { Rule } from '@aegis/spec';
import { type DataSet, tablePath } from './generate.js';
import type { Storage } from './options.js';

/** The clock of every run: some days after the newest row. */
export const now = '2025-12-01T00:00:00.000Z';

type Logic = { readonly type: string } & { readonly [param: string]: unknown };

const notNull = (column: string): [string, Logic] => [`not_null_${column}`, { type: 'not_null', column }];

const between = (column: string, min_value: string, max_value: string): [string, Logic] => [
  `between_${column}`,
  { type: 'between', column, min_value, max_value },
];

const accepted = (column: string, ...values: readonly string[]): [string, Logic] => [
  `accepted_${column}`,
  { type: 'accepted_values', column, values },
];

const matches = (column: string, pattern: string): [string, Logic] => [
  `matches_${column}`,
  { type: 'regex_match', column, pattern },
];

export const shipModes = ['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'];
export const shipInstructions = ['COLLECT COD', 'DELIVER IN PERSON', 'NONE', 'TAKE BACK RETURN'];
export const trackingPattern = '^TRK[0-9]{12}$';
export const emailPattern = '^[a-z0-9._-]+@[a-z0-9-]+(\\.[a-z0-9-]+)+$';

/** The thirty rules, by id: `logic` blocks as in a rules file. */
const logicOf = ({ rows }: DataSet, tables: { readonly [table: string]: string }): readonly [string, Logic][] => [
  notNull('line_id'),
  notNull('tracking_number'),
  notNull('order_id'),
  notNull('part_id'),
  notNull('quantity'),
  notNull('unit_price'),
  notNull('ship_date'),
  notNull('return_flag'),
  between('quantity', '1', '50'),
  between('unit_price', '1', '105000'),
  between('discount', '0', '0.10'),
  between('tax', '0', '0.08'),
  between('weight_kg', '0', '1000'),
  between('ship_date', '2019-01-01', '2025-12-31'),
  accepted('return_flag', 'R', 'A', 'N'),
  accepted('line_status', 'O', 'F'),
  accepted('ship_mode', ...shipModes),
  accepted('ship_instruct', ...shipInstructions),
  matches('tracking_number', trackingPattern),
  matches('customer_email', emailPattern),
  ['mean_discount', { type: 'mean_between', column: 'discount', min_value: '0.04', max_value: '0.06' }],
  ['mean_quantity', { type: 'mean_between', column: 'quantity', min_value: '20', max_value: '30' }],
  ['sum_unit_price', { type: 'column_sum_between', column: 'unit_price', min_value: '0' }],
  ['stddev_quantity', { type: 'stddev_below', column: 'quantity', threshold: '20' }],
  ['row_count', { type: 'row_count_between', min_value: rows, max_value: rows }],
  ['freshness', { type: 'freshness', column: 'updated_at', threshold: 365, unit: 'days' }],
  ['unique_line_id', { type: 'unique', column: 'line_id' }],
  ['unique_tracking_number', { type: 'unique', column: 'tracking_number' }],
  [
    'known_order',
    { type: 'foreign_key', column: 'order_id', reference_table: tables.orders, reference_column: 'order_id' },
  ],
  [
    'known_part',
    { type: 'foreign_key', column: 'part_id', reference_table: tables.parts, reference_column: 'part_id' },
  ],
];

/** Rules that find something in the failing data. */
export const failingRules: readonly string[] = [
  'not_null_part_id',
  'not_null_return_flag',
  'between_unit_price',
  'between_weight_kg',
  'accepted_line_status',
  'accepted_ship_mode',
  'matches_customer_email',
  'mean_discount',
  'unique_tracking_number',
  'known_order',
];

/** The thirty rules over one table, as a rules file holds them. */
export const documentsFor = (dataSet: DataSet, storage: Storage): readonly unknown[] => {
  const table = (name: string) => (storage === 'native' ? name : tablePath(dataSet, name));
  const tables = { orders: table('orders'), parts: table('parts') };
  return logicOf(dataSet, tables).map(([id, logic]) => ({
    apiVersion: 'aegis.dev/v1',
    kind: 'DataQualityRule',
    metadata: { id, owner: 'bench', description: id },
    scope: { table: table('lines') },
    logic,
  }));
};

export const rulesFor = (dataSet: DataSet, storage: Storage): readonly Rule[] =>
  compileRules(documentsFor(dataSet, storage)).rules;
