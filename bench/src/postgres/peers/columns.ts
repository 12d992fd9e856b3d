import { emailPattern, shipInstructions, shipModes, trackingPattern } from '../../rules.js';

/** The rules on columns, for tools that are told them in other words. */
export const columns = {
  not_null: [
    ...['line_id', 'tracking_number', 'order_id', 'part_id', 'quantity', 'unit_price', 'ship_date', 'return_flag'],
  ],
  between: [
    ['quantity', 1, 50],
    ['unit_price', 1, 105_000],
    ['discount', 0, 0.1],
    ['tax', 0, 0.08],
    ['weight_kg', 0, 1_000],
  ],
  accepted: [
    ['return_flag', ['R', 'A', 'N']],
    ['line_status', ['O', 'F']],
    ['ship_mode', shipModes],
    ['ship_instruct', shipInstructions],
  ],
  matches: [
    ['tracking_number', trackingPattern],
    ['customer_email', emailPattern],
  ],
  mean: [
    ['discount', 0.04, 0.06],
    ['quantity', 20, 30],
  ],
} as const;

export const shipDates = ['2019-01-01', '2025-12-31'] as const;
/** 365 days before the clock of the bench. */
export const newestAfter = '2024-12-01';
