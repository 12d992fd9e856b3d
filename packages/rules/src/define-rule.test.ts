import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineRule, type RuleDocumentOf } from './define-rule.js';
import { compileRules, loadRules } from './load/load-rules.js';

const metadata = { id: 'a', owner: 'team', description: 'd' };
const scope = { table: 'orders' };

describe('defineRule', () => {
  it('takes the params of every type in their own words, and gives the rule that YAML gives', () => {
    const documents = [
      defineRule({ metadata, scope, logic: { type: 'between', column: 'x', min_value: 0, max_value: 2n ** 64n } }),
      defineRule({
        metadata: { ...metadata, id: 'b', severity: 'high' },
        scope: { ...scope, columns: ['x'] },
        logic: { type: 'accepted_values', values: ['a', 1, true], nulls: 'fail', fail_if: 'percent > 1' },
      }),
    ];
    const text = `
metadata: { id: a, owner: team, description: d }
scope: { table: orders }
logic: { type: between, column: x, min_value: 0, max_value: 18446744073709551616 }
---
metadata: { id: b, owner: team, description: d, severity: high }
scope: { table: orders, columns: [x] }
logic: { type: accepted_values, values: [a, 1, true], nulls: fail, fail_if: percent > 1 }
`;
    const fromText = loadRules([{ file: '/project/rules.yaml', text }]).rules;
    expect(compileRules(documents, { baseDirectory: '/project' }).rules).toEqual(
      fromText.map((rule) => ({ ...rule, location: undefined })),
    );
  });

  it('refuses at compile time what loading refuses', () => {
    type Logic = RuleDocumentOf['logic'];
    expectTypeOf<{ type: 'unique'; column: 'x' }>().toExtend<Logic>();
    expectTypeOf<{ type: 'unique'; columns: ['x'] }>().toExtend<Logic>();
    expectTypeOf<{ type: 'foreign_key'; column: 'x'; reference_table: 't'; reference_column: 'y' }>().toExtend<Logic>();
    expectTypeOf<{ type: 'no_such_type' }>().not.toExtend<Logic>();
    expectTypeOf<{ type: 'row_count' }>().not.toExtend<Logic>();
    expectTypeOf<{ type: 'accepted_values'; column: 'x'; values: [null] }>().not.toExtend<Logic>();
    expectTypeOf<{ type: 'unique'; column: 5 }>().not.toExtend<Logic>();
    // @ts-expect-error a key that the type does not know
    defineRule({ metadata, scope, logic: { type: 'unique', column: 'x', colum: 'y' } });
    // @ts-expect-error a severity that there is not
    defineRule({ metadata: { id: 'a', severity: 'urgent' }, scope, logic: { type: 'unique', column: 'x' } });
  });
});
