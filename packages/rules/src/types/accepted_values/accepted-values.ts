import { not } from '@aegis/sql';
import { defineValueRule } from '../../type/define-value-rule.js';
import { cases } from './cases.js';

export const acceptedValues = defineValueRule({
  name: 'accepted_values',
  summary: 'Only listed values may occur.',
  edgeCases: 'NULL is ignored unless `nulls: fail`. Text is compared by code point, numbers as numbers.',
  violates: not,
  expectedAs: 'values',
  example: { type: 'accepted_values', column: 'status', values: ['placed', 'shipped', 'returned'] },
  cases,
});
