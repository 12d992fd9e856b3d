import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { type ValidateOptions, validateRules } from './validate-rules.js';

const table = 'customers.csv';
const validate = (effects: Effects, options: Partial<ValidateOptions> = {}) =>
  validateRules({ rules: ['rules.yaml'], ...options }, effects);

describe('validateRules', () => {
  it('accepts sound rules without touching a warehouse', async () => {
    const effects = await testProject({
      'rules.yaml': rulesFile({ sound: { table: 'not_there', logic: 'type: sql_expression, expression: "a > 1"' } }),
    });
    expect(await validate(effects)).toMatchObject({ depth: 'offline', problems: [], files: ['rules.yaml'] });
  });

  it('gives problems of the files with their places, beside the rules that are sound', async () => {
    const effects = await testProject({
      'rules.yaml': rulesFile({
        sound: { table, logic: 'type: not_null, column: id' },
        typo: { table, logic: 'type: not_nul, column: id' },
      }),
    });
    const { rules, problems } = await validate(effects);
    expect(rules.map(({ id }) => id)).toEqual(['sound']);
    expect(problems).toMatchObject([{ code: 'rule/unknown-type', location: { file: 'rules.yaml', line: 6 } }]);
  });

  it.each([
    ['scope.where', { logic: 'type: not_null, column: id', scope: ', where: "1=1) OR (1=1"' }],
    ['logic.expression', { logic: 'type: sql_expression, expression: "id IN (TABLE secret)"' }],
    ['logic.query', { logic: 'type: custom_sql, query: "DELETE FROM customers"' }],
  ])('puts SQL in %s through the guard', async (path, rule) => {
    const effects = await testProject({ 'rules.yaml': rulesFile({ bad: { table, ...rule } }) });
    const { problems, rules } = await validate(effects);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: expect.stringMatching(/^guard\//), rule: 'bad' });
    expect(problems[0]?.message).toMatch(new RegExp(`^${path}: `));
    expect(rules).toEqual([]);
  });

  it("judges SQL in the dialect of the rule's warehouse", async () => {
    const postgres = 'warehouses:\n  pg: { type: postgres, password: "${env:NOT_SET}" }\n';
    const rules = rulesFile({ cast: { table: 't', logic: `type: sql_expression, expression: "a ~* 'x'"` } });
    expect((await validate(await testProject({ 'aegis.yaml': postgres, 'rules.yaml': rules }))).problems).toEqual([]);
  });

  it('says that SQL for an adapter that is not installed was not checked', async () => {
    const rules = rulesFile({
      foreign: { table: 't', logic: 'type: sql_expression, expression: "a > 1"', scope: ', warehouse: acme' },
    });
    const { problems, warnings } = await validate(await testProject({ 'rules.yaml': rules }));
    expect(problems).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^SQL for warehouse "acme" is not checked: there is no adapter/),
    ]);
  });

  it('finds tables and columns that do not exist once a warehouse is named', async () => {
    const effects = await testProject({
      [table]: customers,
      'rules.yaml': rulesFile({
        sound: { table, logic: 'type: not_null, column: id' },
        typo: { table, logic: 'type: not_null, column: emial' },
        lost: { table: 'gone.csv', logic: 'type: not_null, column: id' },
      }),
    });
    const { problems, rules, depth } = await validate(effects, { warehouse: 'duckdb' });
    expect(depth).toBe('columns');
    expect(problems.map(({ rule, code }) => [rule, code])).toEqual([
      ['typo', 'plan/missing-column'],
      ['lost', 'plan/missing-table'],
    ]);
    expect(problems[0]).toMatchObject({ location: { file: 'rules.yaml' } });
    expect(rules.map(({ id }) => id)).toEqual(['sound']);
  });

  it('has the engine prepare every statement, and names only the rule that it refuses', async () => {
    const effects = await testProject({
      [table]: customers,
      'rules.yaml': rulesFile({
        sound: { table, logic: 'type: sql_expression, expression: "amount > 5"' },
        mistyped: { table, logic: `type: sql_expression, expression: "date_trunc(amount, email) > 5"` },
      }),
    });
    expect((await validate(effects, { warehouse: 'duckdb' })).problems).toEqual([]);
    const { problems, rules, depth } = await validate(effects, { checkSql: true });
    expect(depth).toBe('statements');
    expect(problems.map(({ rule }) => rule)).toEqual(['mistyped']);
    expect(rules.map(({ id }) => id)).toEqual(['sound']);
  });

  it('checks drafts too', async () => {
    const draft = rulesFile({ early: { table, logic: 'type: not_null, column: emial' } }).replace(
      'id: early,',
      'id: early, status: draft,',
    );
    const effects = await testProject({ [table]: customers, 'rules.yaml': draft });
    expect((await validate(effects, { warehouse: 'duckdb' })).problems).toHaveLength(1);
  });
});
