import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { listItem, read, ruleText } from '../__fixtures__/rule-text.js';
import { fixtureTypes } from '../__fixtures__/rule-types.js';
import { builtinTypes, compileRules, loadRules, readRules } from './load-rules.js';
import { RuleFileError } from './problem.js';

const types = fixtureTypes;

const only = (text: string) => {
  const { rules, problems } = read(text);
  expect(problems).toEqual([]);
  const [rule] = rules;
  if (!rule || rules.length !== 1) throw new Error(`${rules.length} rules`);
  return rule;
};

const full = `rules:
  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_status_known
      severity: critical
      owner: revenue-team
      tags: [revenue, daily]
      description: Every order has a known status.
      domain: sales
      version: 1.10
      status: draft
    scope:
      warehouse: duckdb
      database: shop
      schema: sales
      table: orders
      columns: [status]
      where: "order_date >= date '2026-01-01'"
      timezone: Europe/Berlin
    logic: { type: in_list, values: [open, done], nulls: fail, fail_if: percent > 2.50, warn_if: rows >= 1 }
    diagnosis: { common_causes: [late load], lineage_hints: { upstream_tables: [raw.orders] } }
    remediation: { proposal_strategy: none, auto_remediate: false }
    sla: { notification_target: "slack://data-quality" }
`;

describe('a rule', () => {
  it('keeps every field', () => {
    expect(only(full)).toEqual({
      id: 'orders_status_known',
      type: 'in_list',
      severity: 'critical',
      status: 'draft',
      owner: 'revenue-team',
      description: 'Every order has a known status.',
      domain: 'sales',
      version: '1.10',
      tags: ['revenue', 'daily'],
      scope: {
        warehouse: 'duckdb',
        sourceWarehouse: undefined,
        table: { kind: 'named', parts: ['shop', 'sales', 'orders'] },
        where: "order_date >= date '2026-01-01'",
        timezone: 'Europe/Berlin',
      },
      params: { column: 'status', values: ['open', 'done'] },
      nulls: 'fail',
      failIf: { of: 'percent', operator: '>', value: '2.5' },
      warnIf: { of: 'rows', operator: '>=', value: '1' },
      commonCauses: ['late load'],
      upstreamTables: ['raw.orders'],
      proposalStrategy: 'none',
      notificationTarget: 'slack://data-quality',
      location: { file: 'rules.yaml', line: 2, column: 5 },
      baseDirectory: '.',
      definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('has defaults for all that is not said', () => {
    expect(only(ruleText())).toMatchObject({
      severity: 'medium',
      status: 'active',
      tags: [],
      nulls: 'ignore',
      failIf: { of: 'rows', operator: '>', value: '0' },
      warnIf: undefined,
      commonCauses: [],
      upstreamTables: [],
      proposalStrategy: 'llm_simple',
    });
  });

  it('does not need apiVersion and kind', () => {
    expect(only(ruleText().split('\n').slice(2).join('\n')).id).toBe('orders_status');
  });

  it('keeps every digit of a number, and numbers apart from text', () => {
    const logic =
      '{ type: in_list, column: x, values: [9223372036854775808, 0.10, 1e3, "007", 007, 2024-01-31, true, .5] }';
    expect(only(ruleText({ logic })).params.values).toEqual([
      '9223372036854775808',
      '0.10',
      '1000',
      '007',
      '007',
      '2024-01-31',
      'true',
      '0.5',
    ]);
  });

  it('reads words that YAML 1.1 took for booleans as text', () => {
    const logic = '{ type: in_list, column: x, values: [yes, no, on, off, y, n, 12:30:45] }';
    expect(only(ruleText({ logic })).params.values).toEqual(['yes', 'no', 'on', 'off', 'y', 'n', '12:30:45']);
  });

  it('with warn_if alone never fails', () => {
    const logic = '{ type: in_list, column: x, values: [1], warn_if: rows > 10 }';
    expect(only(ruleText({ logic }))).toMatchObject({ failIf: undefined, warnIf: { of: 'rows', value: '10' } });
  });

  it('refuses a threshold over what its type does not count', () => {
    const text = ruleText({ logic: '{ type: not_null, column: a, fail_if: keys > 1 }' });
    const { problems } = readRules([{ file: 'a.yaml', text }]);
    expect(problems).toMatchObject([
      { message: expect.stringContaining('must not compare keys'), hint: 'Compare rows or percent instead.' },
    ]);
  });

  it('has no thresholds when its type counts nothing', () => {
    expect(only(ruleText({ logic: '{ type: at_least, threshold: 0 }' }))).toMatchObject({ failIf: undefined });
  });

  it('is not complete without an owner and a description, which is only a warning', () => {
    const { rules, warnings } = read(
      'metadata: { id: a }\nscope: { table: t }\nlogic: { type: at_least, threshold: 1 }\n',
    );
    expect(rules).toHaveLength(1);
    expect(warnings.map(({ code, rule, location }) => ({ code, rule, line: location?.line }))).toEqual([
      { code: 'rule/missing-description', rule: 'a', line: 1 },
      { code: 'rule/missing-owner', rule: 'a', line: 1 },
    ]);
  });
});

describe('columns', () => {
  const paramsOf = (scope: string, logic: string) => only(ruleText({ scope, logic })).params;

  it('may stand in scope or in logic, in either number', () => {
    const values = 'type: in_list, values: [1]';
    expect(paramsOf('{ table: t, columns: [x] }', `{ ${values} }`).column).toBe('x');
    expect(paramsOf('{ table: t }', `{ ${values}, column: x }`).column).toBe('x');
    expect(paramsOf('{ table: t }', `{ ${values}, columns: [x] }`).column).toBe('x');
  });

  it('become a list for types that want one, also those of the other table', () => {
    const logic = '{ type: matches, column: a, source_table: raw.t, source_column: b }';
    expect(paramsOf('{ table: t }', logic)).toEqual({ columns: ['a'], source_table: 'raw.t', source_columns: ['b'] });
  });

  it('go where a type with both wants them', () => {
    expect(paramsOf('{ table: t, columns: [x] }', '{ type: either }')).toEqual({ column: 'x' });
    expect(paramsOf('{ table: t, columns: [x, y] }', '{ type: either }')).toEqual({ columns: ['x', 'y'] });
    expect(paramsOf('{ table: t }', '{ type: either, columns: [x, y] }')).toEqual({ columns: ['x', 'y'] });
  });
});

describe('tables', () => {
  const tableOf = (scope: string) => only(ruleText({ scope })).scope.table;

  it('take schema and database in front', () => {
    expect(tableOf('{ table: t, schema: s }')).toEqual({ kind: 'named', parts: ['s', 't'] });
    expect(tableOf('{ table: s.t, database: d }')).toEqual({ kind: 'named', parts: ['d', 's', 't'] });
    expect(tableOf(`{ table: '"a.b"', schema: s }`)).toEqual({ kind: 'named', parts: ['s', 'a.b'] });
  });

  it('that are files are found from the folder of the rules file', () => {
    const text = ruleText({ scope: '{ table: data/orders.csv }' });
    const [beside] = loadRules([{ file: '/project/rules/a.yaml', text }], { types }).rules;
    const [elsewhere] = loadRules([{ file: 'a.yaml', text, baseDirectory: '/project' }], { types }).rules;
    expect(beside?.scope.table).toEqual({
      kind: 'file',
      path: '/project/rules/data/orders.csv',
      written: 'data/orders.csv',
      format: 'csv',
    });
    expect(elsewhere?.scope.table).toEqual({
      kind: 'file',
      path: '/project/data/orders.csv',
      written: 'data/orders.csv',
      format: 'csv',
    });
  });

  it('in params stay as written, beside the folder that they start from', () => {
    const text = ruleText({ logic: '{ type: matches, column: a, source_table: ./raw.csv }' });
    const [rule] = loadRules([{ file: '/project/a.yaml', text }], { types }).rules;
    expect(rule).toMatchObject({ params: { source_table: 'raw.csv' }, baseDirectory: '/project' });
  });
});

describe('forms', () => {
  const ids = (text: string) => {
    const { rules, problems } = read(text);
    expect(problems).toEqual([]);
    return rules.map(({ id }) => id);
  };
  const one = ruleText({ id: 'a' });
  const two = listItem(ruleText({ id: 'b' })) + listItem(ruleText({ id: 'c' }));

  it('one rule, a bare list, or a rules list', () => {
    expect(ids(one)).toEqual(['a']);
    expect(ids(two)).toEqual(['b', 'c']);
    expect(ids(`rules:\n${two}`)).toEqual(['b', 'c']);
  });

  it('several documents, in any mixture, empty ones between', () => {
    expect(
      ids(`---\n---\n${one}---\n${two}---\nrules:\n${listItem(ruleText({ id: 'd' }))}...\n---\n# nothing\n`),
    ).toEqual(['a', 'b', 'c', 'd']);
  });

  it('JSON, which is YAML', () => {
    const json = JSON.stringify({
      rules: [{ metadata: { id: 'j' }, scope: { table: 't' }, logic: { type: 'either', column: 'x' } }],
    });
    expect(ids(json)).toEqual(['j']);
  });

  it('with a byte order mark, CRLF line ends, or no line end at all', () => {
    expect(ids(`\uFEFF${one}`)).toEqual(['a']);
    expect(ids(one.replaceAll('\n', '\r\n'))).toEqual(['a']);
    expect(ids(one.trimEnd())).toEqual(['a']);
  });

  it('with anchors, aliases and merge keys; what a rule says itself wins', () => {
    const text = `rules:
  - &base
    metadata: { id: a, severity: high }
    scope: &scope { table: orders, where: x > 0 }
    logic: &logic { type: in_list, column: x, values: &values [1, 2] }
  - <<: *base
    metadata: { id: b }
    scope: { <<: *scope, table: lines }
  - metadata: { id: c }
    scope: *scope
    logic: { <<: [{ column: y }, *logic], values: *values }
`;
    const { rules, problems } = read(text);
    expect(problems).toEqual([]);
    expect(rules.map(({ id, severity, scope, params }) => [id, severity, scope.table, scope.where, params])).toEqual([
      ['a', 'high', { kind: 'named', parts: ['orders'] }, 'x > 0', { column: 'x', values: ['1', '2'] }],
      ['b', 'medium', { kind: 'named', parts: ['lines'] }, 'x > 0', { column: 'x', values: ['1', '2'] }],
      ['c', 'medium', { kind: 'named', parts: ['orders'] }, 'x > 0', { column: 'y', values: ['1', '2'] }],
    ]);
  });

  it('keep the order of files and of rules in them', () => {
    const { rules } = loadRules(
      [
        { file: 'z.yaml', text: two },
        { file: 'a.yaml', text: one },
      ],
      { types },
    );
    expect(rules.map(({ id, location }) => [id, location?.file, location?.line])).toEqual([
      ['b', 'z.yaml', 1],
      ['c', 'z.yaml', 6],
      ['a', 'a.yaml', 1],
    ]);
  });
});

describe('loadRules', () => {
  it('throws every problem of every file at once', () => {
    const load = () =>
      loadRules(
        [
          { file: 'a.yaml', text: ruleText({ logic: '{ type: in_lst }' }) },
          { file: 'b.yaml', text: ruleText({ scope: '{ tabel: t }' }) },
        ],
        { types },
      );
    expect(load).toThrow(RuleFileError);
    try {
      load();
    } catch (error) {
      if (!(error instanceof RuleFileError)) throw error;
      expect(isAegisError(error)).toBe(true);
      expect(error).toMatchObject({ code: 'rule/unknown-type', reason: 'unknown-type', name: 'RuleFileError' });
      expect(error.message).toBe('logic.type is no rule type: "in_lst" (and 2 more)');
      expect(error.location).toEqual({ file: 'a.yaml', line: 5, column: 16 });
      expect(error.problems.map(({ location }) => location?.file)).toEqual(['a.yaml', 'b.yaml', 'b.yaml']);
      expect(error.display.split('\n').slice(0, 2)).toEqual([
        'a.yaml:5:16: logic.type is no rule type: "in_lst"',
        '  Did you mean "in_list"?',
      ]);
    }
  });

  it('finds an id that two files share', () => {
    const { problems } = read(ruleText());
    expect(problems).toEqual([]);
    const text = ruleText();
    expect(() =>
      loadRules(
        [
          { file: 'a.yaml', text },
          { file: 'b.yaml', text },
        ],
        { types },
      ),
    ).toThrow('duplicate rule id "orders_status"');
  });

  it('knows the built-in types by default', () => {
    const text = ruleText({ logic: '{ type: unique, column: id }' });
    expect(loadRules([{ file: 'a.yaml', text }]).rules[0]?.type).toBe('unique');
    expect(builtinTypes.find('unique')?.name).toBe('unique');
  });

  it('loads nothing from no files', () => {
    expect(loadRules([])).toEqual({ rules: [], warnings: [] });
  });
});

describe('compileRules', () => {
  const document = {
    metadata: { id: 'a', owner: 'team', description: 'd' },
    scope: { table: 'orders.csv' },
    logic: { type: 'in_list', column: 'x', values: [1, 2n ** 64n, true, '1.50', new Date(0)] },
  };

  it('takes values of TypeScript', () => {
    const { rules, warnings } = compileRules([document], { types, baseDirectory: '/project' });
    expect(warnings).toEqual([]);
    expect(rules).toMatchObject([
      {
        id: 'a',
        params: { column: 'x', values: ['1', '18446744073709551616', 'true', '1.50', '1970-01-01T00:00:00.000Z'] },
        scope: { table: { kind: 'file', path: '/project/orders.csv' } },
      },
    ]);
    expect(rules[0]?.location).toBeUndefined();
  });

  it('gives the same rule as YAML does', () => {
    const [fromCode] = compileRules([{ ...document, logic: { type: 'in_list', column: 'x', values: [1, 'a'] } }], {
      types,
      baseDirectory: '.',
    }).rules;
    const [fromText] = read(
      'metadata: { id: a, owner: team, description: d }\nscope: { table: orders.csv }\nlogic: { type: in_list, column: x, values: [1, a] }',
    ).rules;
    expect({ ...fromText, location: undefined }).toEqual(fromCode);
  });

  it('names the rule and the file where there is no position', () => {
    const wrong = { ...document, logic: { type: 'in_list', colum: 'x', values: [2 ** 60] } };
    try {
      compileRules([wrong, document], { types, file: 'rules.ts' });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof RuleFileError)) throw error;
      expect(error.display).toMatchInlineSnapshot(`
        "rules.ts: rule "a": logic.values[0] must be written as text or as a bigint
          JavaScript numbers beyond 2^53 lose their last digits.
        rules.ts: rule "a": unknown key "colum" in logic of in_list
          Did you mean "column"?
        rules.ts: rule "a": duplicate rule id "a"
          It is already used at rules.ts."
      `);
    }
  });

  it.each([[null], [5], ['rule'], [[]], [new Date(0)], [undefined]])('refuses %j', (value) => {
    expect(() => compileRules([value], { types })).toThrow(RuleFileError);
  });
});
