import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../config/project.js';
import { rulesFile, testProject } from '../testing/test-project.js';
import { warehouseNames } from '../warehouses/warehouse-names.js';
import { covers, type ExistingRulesOptions, identityOf, readExistingRules } from './existing-rules.js';

const orders = { kind: 'named', parts: ['main', 'orders'] } as const;

const read = async (files: { readonly [path: string]: string }, options: Partial<ExistingRulesOptions> = {}) => {
  const effects = await testProject(files);
  const project = await loadProject({}, effects);
  const { cwd } = effects;
  return readExistingRules(orders, warehouseNames(project, {}, cwd), {
    ...{ paths: undefined, projectFolder: project.directory, cwd, replaced: undefined, ...options },
  });
};

const rule = (table: string, logic = 'type: not_null, column: id', scope = '') => ({ table, logic, scope });

describe('the rules that are there', () => {
  it('are those on the table, by any of its names, in the folder of the project', async () => {
    const { rules, ids, notes } = await read({
      'rules/a.yaml': rulesFile({
        a: rule('orders'),
        b: rule('MAIN.Orders'),
        c: rule('other'),
        d: rule('stage.orders'),
      }),
      'rules/deep/b.yaml': rulesFile({ e: rule('orders'), f: rule('orders', undefined, ', warehouse: elsewhere') }),
    });
    expect(rules.map(({ id }) => id)).toEqual(['a', 'b', 'e']);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(notes).toEqual([]);
  });

  it('are none without such a folder, and must be there when they were named', async () => {
    expect(await read({})).toEqual({ rules: [], ids: [], notes: [] });
    await expect(read({}, { paths: ['gone.yaml'] })).rejects.toMatchObject({ code: 'rule/not-found' });
  });

  it('are without those that will be replaced', async () => {
    const effects = await testProject({ 'rules/a.yaml': rulesFile({ a: rule('orders') }) });
    const project = await loadProject({}, effects);
    const { cwd } = effects;
    const replaced = join(cwd, 'rules/a.yaml');
    const options = { paths: undefined, projectFolder: cwd, cwd, replaced };
    expect(await readExistingRules(orders, warehouseNames(project, {}, cwd), options)).toEqual({
      rules: [],
      ids: [],
      notes: [],
    });
  });

  it('with mistakes are named, unless the file is empty: the shell has just made it', async () => {
    const { notes, ids } = await read({
      'rules/bad.yaml': 'rules: [{ metadata: {} }]',
      'rules/new.yaml': '',
      'rules/good.yaml': rulesFile({ good: rule('orders') }),
    });
    expect(ids).toEqual(['good']);
    expect(notes).toEqual([expect.stringMatching(/^Rules in rules\/bad\.yaml with mistakes are not compared with/)]);
  });
});

describe('a rule', () => {
  it('is the same when type, columns and parameters are, however its tables are written', async () => {
    const reference = (table: string) =>
      rule('orders', `type: foreign_key, column: c, reference_table: ${table}, reference_column: id`);
    const { rules } = await read({
      'rules/a.yaml': rulesFile({ a: reference('../data/c.csv'), b: reference('../data/d.csv') }),
      'rules/deep/b.yaml': rulesFile({ c: reference('../../data/c.csv') }),
    });
    const [a, b, c] = rules.map(identityOf);
    expect(a).toBe(c);
    expect(a).not.toBe(b);
  });

  it('is covered by one of its type on the same columns, and by one on more where columns are all it names', async () => {
    const { rules } = await read({
      'rules/a.yaml': rulesFile({
        a: rule('orders', 'type: not_null, columns: [id, amount]'),
        b: rule('orders', 'type: between, column: Amount, min_value: 0'),
      }),
    });
    expect(covers(rules, 'not_null', ['AMOUNT'])).toBe(true);
    expect(covers(rules, 'not_null', ['amount', 'state'])).toBe(false);
    expect(covers(rules, 'between', ['amount'])).toBe(true);
    expect(covers(rules, 'unique', ['amount'])).toBe(false);
  });
});
