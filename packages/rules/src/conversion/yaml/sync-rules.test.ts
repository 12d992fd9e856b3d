import { expect, it } from 'vitest';
import { readRules } from '../../load/load-rules.js';
import type { Draft } from '../draft.js';
import { toConversion } from '../to-conversion.js';
import type { GeneratedBy } from './marker.js';
import { renderRules } from './render-rules.js';
import { syncRules } from './sync-rules.js';

const by: GeneratedBy = { origin: 'contract', command: 'aegis contract import' };

const draft = (column: string): Draft => ({
  kind: 'draft',
  source: `orders/${column}/required`,
  check: 'required',
  name: `orders_${column}_required`,
  severity: 'high',
  description: 'd',
  tags: [],
  scope: { table: 'orders', where: undefined },
  logic: { type: 'not_null', column },
});

const rulesOf = (...columns: readonly string[]) => toConversion(columns.map(draft), [], () => ({})).rules;

it('says who made the file and how it is updated', () => {
  const text = renderRules(rulesOf('id'), by);
  expect(text).toMatch(/^# Made by aegis contract import\. `aegis contract import --sync` updates/);
  expect(text).toMatch(/\n {2}# contract: orders\/id\/required [0-9a-f]{16}\n/);
  expect(readRules([{ file: 'rules.yaml', text }]).problems).toEqual([]);
});

it('writes a file that loads and syncs, whatever the checks are called', () => {
  const rules = toConversion(
    ['\u001b[31mred', 'a\0b', 'a\nb: c', 'a\r# b', 'c\u0085d', '&a *b !!c'].map((source, index) => ({
      ...draft('id'),
      ...{ source, name: `rule_${index}`, description: source },
    })),
    [],
    () => ({}),
  ).rules;
  const text = renderRules(rules, by);
  const { rules: read, problems } = readRules([{ file: 'rules.yaml', text }]);
  expect(problems).toEqual([]);
  expect(read.map(({ description }) => description)).toEqual(
    rules.map(({ document }) => document.metadata.description),
  );
  expect(syncRules(text, rules, { ...by, file: 'rules.yaml' })).toMatchObject({ added: [], gone: [], text });
});

it('tells rules apart whose sources differ in blanks alone', () => {
  const both = rulesOf('order id', 'order_id');
  const text = renderRules(both, by);
  expect(syncRules(text, both, { ...by, file: 'rules.yaml' })).toMatchObject({
    unchanged: both.map(({ id }) => id),
    updated: [],
    text,
  });
  const [first, second] = both;
  const one = renderRules(rulesOf('order id'), by);
  expect(syncRules(one, both, { ...by, file: 'rules.yaml' })).toMatchObject({ added: [second?.id], gone: [] });
  expect(syncRules(text, rulesOf('order id'), { ...by, file: 'rules.yaml' })).toMatchObject({
    added: [],
    gone: [second?.id],
  });
  expect(first?.id).not.toBe(second?.id);
});

it('does not take the rules of another tool for its own', () => {
  const ofDbt = renderRules(rulesOf('id'), { origin: 'dbt', command: 'aegis dbt generate' });
  const outcome = syncRules(ofDbt, rulesOf('id', 'total'), { ...by, file: 'rules.yaml' });
  expect(outcome).toMatchObject({ added: ['orders_total_required'], taken: ['orders_id_required'], gone: [] });
});

it('names the command whose files it updates', () => {
  expect(() => syncRules('name: shop\n', [], { ...by, file: 'x.yaml' })).toThrow(
    expect.objectContaining({
      hint: 'Nothing was written. --sync updates a file that aegis contract import wrote; name another one with --output.',
    }),
  );
});
