import { defineValueRule } from '../../type/define-value-rule.js';
import { cases } from './cases.js';

export const notAcceptedValues = defineValueRule({
  name: 'not_accepted_values',
  summary: 'Listed values may not occur.',
  edgeCases: 'NULL is ignored unless `nulls: fail`. Text is compared by code point, numbers as numbers.',
  violates: (isListed) => isListed,
  expectedAs: 'forbidden_values',
  fix: (_sample, { column, isListed }, { nulls }) =>
    nulls === 'fail'
      ? undefined
      : {
          change: { column, value: { kind: 'null' }, rows: { kind: 'condition', condition: isListed } },
          confidence: 'low',
          caveat: 'Forgets the forbidden values. Some may stand for a value that is known elsewhere.',
        },
  example: { type: 'not_accepted_values', column: 'email', values: ['test@example.com', 'n/a'] },
  cases,
});
