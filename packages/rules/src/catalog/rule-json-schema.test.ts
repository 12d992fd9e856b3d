import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { fixtureTypes } from '../__fixtures__/rule-types.js';
import { compileRules } from '../load/load-rules.js';
import type { RuleType } from '../type/rule-type.js';
import { ruleTypes } from '../types/index.js';
import { ruleJsonSchema } from './rule-json-schema.js';

const compile = (types: readonly RuleType[]) =>
  new Ajv({ strict: false, formats: { 'aegis-table-name': true } }).compile(ruleJsonSchema(types));

const accepts = compile(ruleTypes);
const acceptsFixture = compile(fixtureTypes.types);

const ruleOf = (logic: object, scope: object = { table: 't' }) => ({ metadata: { id: 'a' }, scope, logic });

describe('the JSON Schema of rules files', () => {
  it.each(ruleTypes.map((type) => [type.name, type] as const))(
    'accepts the example of %s, as loading does',
    (name, type) => {
      const rule = ruleOf({ type: name, ...type.example });
      expect(accepts(rule), JSON.stringify(accepts.errors)).toBe(true);
      expect(compileRules([rule]).rules).toHaveLength(1);
    },
  );

  it('accepts what every case of the truth tables writes', () => {
    for (const { name, cases } of ruleTypes) {
      for (const { title, logic, scope } of cases) {
        const rule = ruleOf({ type: name, ...logic }, { table: 't', ...scope });
        expect(accepts(rule), `${name}: ${title}: ${JSON.stringify(accepts.errors)}`).toBe(true);
        expect(compileRules([rule]).rules, `${name}: ${title}`).toHaveLength(1);
      }
    }
  });

  it('accepts every form of a file but that of several documents, which editors check one by one', () => {
    const rule = ruleOf({ type: 'at_least', threshold: 1 });
    for (const file of [rule, [rule], { rules: [rule, rule] }]) expect(acceptsFixture(file)).toBe(true);
    for (const file of [{}, [], { rules: [] }, { rules: [rule], version: 2 }, 'x', null])
      expect(acceptsFixture(file)).toBe(false);
  });

  it.each([
    ['column in logic', ruleOf({ type: 'in_list', column: 'x', values: [1, 'a', true] })],
    ['columns in scope', ruleOf({ type: 'in_list', values: [1] }, { table: 't', columns: ['x'] })],
    ['a column in the other number', ruleOf({ type: 'in_list', columns: ['x'], values: [1] })],
    ['a single source column', ruleOf({ type: 'matches', column: 'x', source_table: 's', source_column: 'y' })],
    ['numbers as text', ruleOf({ type: 'within', age: '5', share: '0.5' })],
    [
      'thresholds',
      ruleOf({ type: 'in_list', column: 'x', values: [1], fail_if: 'percent > 2.5 %', warn_if: 'rows > 0' }),
    ],
  ])('accepts %s, as loading does', (_what, rule) => {
    expect(acceptsFixture(rule), JSON.stringify(acceptsFixture.errors)).toBe(true);
    expect(compileRules([rule], { types: fixtureTypes }).rules).toHaveLength(1);
  });

  it.each([
    ['an unknown type', ruleOf({ type: 'nope' })],
    ['an unknown param', ruleOf({ type: 'at_least', threshold: 1, more: 2 })],
    ['a missing param', ruleOf({ type: 'at_least' })],
    ['a param out of range', ruleOf({ type: 'within', age: 0 })],
    ['NULL among values', ruleOf({ type: 'in_list', column: 'x', values: [null] })],
    ['a threshold on a type without', ruleOf({ type: 'at_least', threshold: 1, fail_if: 'rows > 0' })],
    ['nulls on a type without', ruleOf({ type: 'at_least', threshold: 1, nulls: 'fail' })],
    ['a threshold that is none', ruleOf({ type: 'in_list', column: 'x', values: [1], fail_if: 'many' })],
    ['an unknown key', { ...ruleOf({ type: 'at_least', threshold: 1 }), sevrity: 'high' }],
    ['automatic fixes', { ...ruleOf({ type: 'at_least', threshold: 1 }), remediation: { auto_remediate: true } }],
  ])('refuses %s, as loading does', (_what, rule) => {
    expect(acceptsFixture(rule)).toBe(false);
    expect(() => compileRules([rule], { types: fixtureTypes })).toThrow();
  });

  it('is draft 07, without anything that JSON cannot say', () => {
    const schema = ruleJsonSchema(ruleTypes);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  });
});
