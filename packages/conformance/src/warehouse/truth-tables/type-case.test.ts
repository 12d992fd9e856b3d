import { ruleTypes } from '@aegis/rules';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { Stage } from '../stage.js';
import { caseTables, ruleOf, stagedCases } from './type-case.js';

it('has cases of every rule type', () => {
  expect(new Set(stagedCases.map(({ type }) => type.name))).toEqual(new Set(ruleTypes.map(({ name }) => name)));
  for (const { name, cases } of ruleTypes) expect(cases.length, name).toBeGreaterThan(0);
});

it('gives every case tables of its own', () => {
  const tables = stagedCases.flatMap(({ case: each }) => Object.keys(each.tables));
  expect(Object.keys(caseTables)).toHaveLength(tables.length);
});

it('writes the names on the stage into the rule, also those of other tables', async () => {
  const stage = new Stage({
    name: 'fake',
    create: () => new FakeWarehouse({ dialect: duckdbDialect, answer: () => [] }),
    seed: async (tables) => Object.fromEntries(Object.keys(tables).map((name) => [name, `kit.${name}`])),
  });
  await stage.build(caseTables);
  const staged = stagedCases.find(({ type, case: each }) => type.name === 'foreign_key' && 'p' in each.tables);
  if (!staged) throw new Error('foreign_key has no case with a parent');
  const { scope, params } = ruleOf(staged, stage);
  expect(scope.table).toEqual({ kind: 'named', parts: ['kit', `${staged.prefix}t`] });
  expect(JSON.stringify(params)).toContain(`${staged.prefix}p`);
});
