import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { convertManifest } from '../convert/convert-manifest.js';
import { readManifest } from '../manifest/read-manifest.js';
import { fixtureNames, fixtureText, noFixtures } from '../testing/fixtures.js';
import { manifestText, model, test } from '../testing/small-manifest.js';
import { renderRules, syncRules } from './dbt-rules.js';

type Nodes = Parameters<typeof manifestText>[0];

const rulesOf = (...nodes: Nodes) =>
  convertManifest(readManifest(manifestText([model('orders'), ...nodes]), 'm')).rules;

const id = test('not_null', { column: 'id' });
const status = (values: readonly string[], config: object = {}) =>
  test('accepted_values', { column: 'status', kwargs: { values }, config: { ...config } });
const before = rulesOf(id, status(['a', 'b']), test('unique', { column: 'id' }));
const file = renderRules(before);

const none = { added: [], updated: [], edited: [], gone: [], taken: [] };

describe('a generated file', () => {
  it('stays as it is, to the letter, where dbt says the same', () => {
    const odd = file.replace('tags: [ dbt ]', 'tags:   [dbt]   # mine').replace('\n\n', '\n\n\n');
    const { text, unchanged, ...rest } = syncRules(odd, before, 'dbt.yaml');
    expect(text).toBe(odd);
    expect(rest).toEqual(none);
    expect(unchanged).toHaveLength(3);
  });

  it('gets what is new in dbt', () => {
    const { text, added } = syncRules(file, [...before, ...rulesOf(test('not_null', { column: 'total' }))], 'dbt.yaml');
    expect(added).toEqual(['not_null_orders_total']);
    expect(text.startsWith(file.trimEnd())).toBe(true);
    expect(syncRules(text, before, 'dbt.yaml').gone).toEqual(['not_null_orders_total']);
  });

  it('is updated where nobody edited it, comments and all', () => {
    const commented = file
      .replace('# dbt: test.shop.accepted', '# Asked for by finance.\n  # dbt: test.shop.accepted')
      .replace('column: status', 'column: status # as the shop writes it');
    const after = rulesOf(id, status(['a', 'b', 'c'], { where: 'id > 1' }), test('unique', { column: 'id' }));
    const { text, updated } = syncRules(commented, after, 'dbt.yaml');
    expect(updated).toEqual(['accepted_values_orders_status']);
    expect(text).toContain('# Asked for by finance.');
    expect(text).toContain('column: status # as the shop writes it');
    expect(text).toContain('values: [ a, b, c ]');
    expect(text).toContain('where: id > 1');
    const again = syncRules(text, after, 'dbt.yaml');
    expect(again).toMatchObject({ ...none, text });
    const back = syncRules(text, before, 'dbt.yaml');
    expect(back.updated).toEqual(['accepted_values_orders_status']);
    expect(back.text).toBe(commented);
  });

  it('keeps rules that were edited, and says so when dbt has changed', () => {
    const edited = file
      .replace('values: [ a, b ]', 'values: [ a, b, z ]')
      .replace('severity: high', 'severity: critical');
    expect(syncRules(edited, before, 'dbt.yaml')).toMatchObject({ ...none, text: edited });
    const after = rulesOf(id, status(['a', 'b', 'c']), test('unique', { column: 'id' }));
    const outcome = syncRules(edited, after, 'dbt.yaml');
    expect(outcome).toMatchObject({ ...none, edited: ['accepted_values_orders_status'], text: edited });
  });

  it('keeps rules whose test is gone, and names them', () => {
    const outcome = syncRules(file, rulesOf(id), 'dbt.yaml');
    expect(outcome.gone).toEqual(['accepted_values_orders_status', 'unique_orders_id']);
    expect(outcome.text).toBe(file);
  });

  it('keeps rules of one’s own, also where they have the id of a new one', () => {
    const own = `${file}
  - metadata: { id: not_null_orders_total, description: mine, owner: me }
    scope: { table: orders }
    logic: { type: not_null, column: total }
`;
    const outcome = syncRules(own, [...before, ...rulesOf(test('not_null', { column: 'total' }))], 'dbt.yaml');
    expect(outcome).toMatchObject({ ...none, taken: ['not_null_orders_total'], text: own });
  });

  it('may be a bare list, or empty', () => {
    const bare = file
      .split('\n')
      .slice(4)
      .map((line) => line.replace(/^ {2}/, ''))
      .join('\n');
    expect(syncRules(bare, before, 'dbt.yaml')).toMatchObject({ ...none, text: bare });
    expect(syncRules(' \n', before, 'dbt.yaml')).toMatchObject({ text: file, added: before.map((rule) => rule.id) });
  });

  it.each([
    ['name: shop\n', 'dbt.yaml is no file of rules'],
    ['rules: {', 'dbt.yaml is not valid YAML'],
    ['just text', 'dbt.yaml is no file of rules'],
  ])('is not %j', (text, message) => {
    expect(() => syncRules(text, before, 'dbt.yaml')).toThrow(ConfigError);
    expect(() => syncRules(text, before, 'dbt.yaml')).toThrow(message);
  });

  it.skipIf(fixtureNames.length === 0)(`of other projects is unchanged right after it was made (${noFixtures})`, () => {
    for (const name of fixtureNames) {
      const { rules } = convertManifest(readManifest(fixtureText(name), name));
      const text = renderRules(rules);
      const outcome = syncRules(text, rules, name);
      expect(outcome).toMatchObject({ ...none, text });
      expect(outcome.unchanged).toHaveLength(rules.length);
    }
  });
});
