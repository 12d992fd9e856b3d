import { emailPattern, shipInstructions, shipModes, trackingPattern } from './rules.js';

/** The tables as SQL names them. */
export interface Relations {
  readonly lines: string;
  readonly orders: string;
  readonly parts: string;
}

/** Ways in which a person would write the rules by hand. */
export const forms = ['per rule', 'filter', 'count_if'] as const;
export type Form = (typeof forms)[number];

const quotedList = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Which rows violate a rule about single rows. */
export const violations: { readonly [ruleId: string]: string } = {
  not_null_line_id: 'line_id IS NULL',
  not_null_tracking_number: 'tracking_number IS NULL',
  not_null_order_id: 'order_id IS NULL',
  not_null_part_id: 'part_id IS NULL',
  not_null_quantity: 'quantity IS NULL',
  not_null_unit_price: 'unit_price IS NULL',
  not_null_ship_date: 'ship_date IS NULL',
  not_null_return_flag: 'return_flag IS NULL',
  between_quantity: 'quantity NOT BETWEEN 1 AND 50',
  between_unit_price: 'unit_price NOT BETWEEN 1 AND 105000',
  between_discount: 'discount NOT BETWEEN 0 AND 0.10',
  between_tax: 'tax NOT BETWEEN 0 AND 0.08',
  between_weight_kg: 'weight_kg NOT BETWEEN 0 AND 1000',
  between_ship_date: "ship_date NOT BETWEEN DATE '2019-01-01' AND DATE '2025-12-31'",
  accepted_return_flag: "return_flag NOT IN ('R', 'A', 'N')",
  accepted_line_status: "line_status NOT IN ('O', 'F')",
  accepted_ship_mode: `ship_mode NOT IN (${quotedList(shipModes)})`,
  accepted_ship_instruct: `ship_instruct NOT IN (${quotedList(shipInstructions)})`,
  matches_tracking_number: `NOT regexp_matches(tracking_number, '${trackingPattern}')`,
  matches_customer_email: `NOT regexp_matches(customer_email, '${emailPattern}')`,
};

export const aggregates: { readonly [ruleId: string]: string } = {
  mean_discount: 'avg(discount)',
  mean_quantity: 'avg(quantity)',
  sum_unit_price: 'sum(unit_price)',
  stddev_quantity: 'stddev_samp(quantity)',
  row_count: 'count(*)',
  freshness: 'max(updated_at)',
};

export const uniqueColumns: { readonly [ruleId: string]: string } = {
  unique_line_id: 'line_id',
  unique_tracking_number: 'tracking_number',
};

export interface Reference {
  readonly parent: Exclude<keyof Relations, 'lines'>;
  readonly key: string;
}

export const references: { readonly [ruleId: string]: Reference } = {
  known_order: { parent: 'orders', key: 'order_id' },
  known_part: { parent: 'parts', key: 'part_id' },
};

/** One statement whose columns are named by the rules they answer. */
export interface HandWritten {
  readonly ruleIds: readonly string[];
  readonly sql: string;
}

/**
 * The thirty rules in one form. Uniqueness and foreign keys have statements of their own in every form: two
 * `count(DISTINCT …)` inside a fused statement take twice the time and the memory.
 */
export const statementsOf = (form: Form, relations: Relations): readonly HandWritten[] => [
  ...(form === 'per rule' ? singly(relations) : [select([...rowItems(form), ...aggregateItems], relations)]),
  ...Object.entries(uniqueColumns).map(([ruleId, column]) =>
    select([{ ruleId, sql: `count(${column}) - count(DISTINCT ${column})` }], relations),
  ),
  ...Object.entries(references).map(([ruleId, reference]) => ({
    ruleIds: [ruleId],
    sql: `SELECT count(*) AS ${ruleId} ${unmatched(reference, relations)}`,
  })),
];

const singly = (relations: Relations): readonly HandWritten[] => [
  ...Object.entries(violations).map(([ruleId, violation]) => ({
    ruleIds: [ruleId],
    sql: `SELECT count(*) AS ${ruleId} FROM ${relations.lines} WHERE ${violation}`,
  })),
  ...aggregateItems.map((item) => select([item], relations)),
];

interface Item {
  readonly ruleId: string;
  readonly sql: string;
}

const rowItems = (form: Exclude<Form, 'per rule'>): readonly Item[] =>
  Object.entries(violations).map(([ruleId, violation]) => ({
    ruleId,
    sql: form === 'filter' ? `count(*) FILTER (WHERE ${violation})` : `count_if(${violation})`,
  }));

const aggregateItems: readonly Item[] = Object.entries(aggregates).map(([ruleId, sql]) => ({ ruleId, sql }));

const select = (items: readonly Item[], { lines }: Relations): HandWritten => ({
  ruleIds: items.map(({ ruleId }) => ruleId),
  sql: `SELECT ${items.map(({ ruleId, sql }) => `${sql} AS ${ruleId}`).join(', ')} FROM ${lines}`,
});

/** `ANTI JOIN` is the faster of the two forms that people write; `NOT EXISTS` takes a third longer. */
const unmatched = ({ parent, key }: Reference, { lines, [parent]: parentTable }: Relations): string =>
  `FROM ${lines} AS l ANTI JOIN ${parentTable} AS p ON p.${key} = l.${key} WHERE l.${key} IS NOT NULL`;

/** Five rows that show what failed; none for rules about the table as a whole. */
export const sampleOf = (ruleId: string, relations: Relations): string | undefined => {
  const violation = violations[ruleId];
  if (violation !== undefined) return `SELECT * FROM ${relations.lines} WHERE ${violation} LIMIT 5`;
  const column = uniqueColumns[ruleId];
  if (column !== undefined)
    return `SELECT ${column}, count(*) AS n FROM ${relations.lines} WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1 LIMIT 5`;
  const reference = references[ruleId];
  return reference && `SELECT l.* ${unmatched(reference, relations)} LIMIT 5`;
};
