import { outsideRange } from '@aegis/sql';
import type { z } from 'zod';
import type { RowRuleDefinition } from '../type/define.js';
import type { Bounds } from './bounds.js';

interface RangeParams extends Bounds {
  readonly column: string;
}

/** What the rules about a range of values declare alike; a side without a bound is open. */
export const valuesInRange = {
  category: 'validity',
  requires: ({ column }) => ({ columns: [{ param: 'column', name: column, accepts: 'comparable' }] }),
  violation: ({ params, column, timezone }) =>
    outsideRange(column(params.column), { min: params.min_value, max: params.max_value }, timezone),
  operands: ({ params, column }) => [column(params.column)],
  expected: ({ min_value, max_value }) => ({
    ...(min_value !== undefined && { value_min: min_value }),
    ...(max_value !== undefined && { value_max: max_value }),
  }),
} satisfies Pick<
  RowRuleDefinition<string, z.ZodType<RangeParams>>,
  'category' | 'requires' | 'violation' | 'operands' | 'expected'
>;
