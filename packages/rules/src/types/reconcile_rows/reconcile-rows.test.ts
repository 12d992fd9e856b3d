import { describe, expect, it } from 'vitest';
import { readRules } from '../../load/load-rules.js';

const read = (columns: string) =>
  readRules([
    {
      file: 'rules.yaml',
      text: `rules: [{ metadata: { id: a }, scope: { table: t }, logic: { type: reconcile_rows, key_column: id, source_table: s, columns: ${columns} } }]`,
    },
  ]);

describe('the columns of reconcile_rows', () => {
  it('are names, or mappings that say how they are compared', () => {
    expect(read('[status, { column: amount, tolerance: 0.010, source_column: total }]').rules[0]?.params).toEqual({
      key_columns: ['id'],
      columns: ['status', { column: 'amount', tolerance: '0.01', source_column: 'total' }],
      source_table: 's',
    });
    expect(read('{ column: at, round: 0 }').rules[0]?.params.columns).toEqual([{ column: 'at', round: '0' }]);
  });

  it.each([
    ['[{ columm: x }]', 'unknown key "columm" in logic of reconcile_rows'],
    ['[{ tolerance: 1 }]', 'logic.columns[0].column is missing'],
    ['[{ column: x, tolerance: -1 }]', 'logic.columns[0].tolerance must be at least 0'],
    ['[{ column: x, round: 16 }]', 'logic.columns[0].round must be between 0 and 15'],
    ['[{ column: x, round: 2, tolerance: 1 }]', 'logic.columns[0].round: takes tolerance or round, not both'],
    ['[x, { column: x, round: 1 }]', 'logic.columns must name every column once'],
    ['[5]', 'logic.columns[0] must be text, not the number 5'],
    ['[]', 'logic.columns must name at least one column'],
  ])('are refused with what is wrong with them: %s', (columns, message) => {
    expect(read(columns).problems.map((problem) => problem.message)).toEqual([message]);
  });
});
