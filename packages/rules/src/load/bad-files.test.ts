import { expect, it } from 'vitest';
import { listItem, read, ruleText } from '../__fixtures__/rule-text.js';
import { formatProblem } from './problem.js';

const envelope = (metadata: string, rest = '') =>
  `metadata: ${metadata}\nscope: { table: t }\nlogic: { type: at_least, threshold: 1 }\n${rest}`;
const logic = (text: string) => ruleText({ logic: text });
const scope = (text: string) => ruleText({ scope: text });

/** Files that are wrong, each in one way that people go wrong. The snapshot is what they read. */
const badFiles: Readonly<Record<string, string>> = {
  'an empty file': '',
  'only comments': '# nothing here yet\n',
  'only document marks': '---\n---\n',
  'an empty rules list': 'rules:\n',
  'an empty list': '[]',
  'a rules list that is a mapping': 'rules: { a: 1 }',
  'a rules list of texts': 'rules: [not_null, 5]',
  'plain text': 'please check my orders',
  'a number': '42',
  'something else in YAML': 'services:\n  web: { image: nginx }\n',
  'a misspelled rules key': 'rule:\n  - metadata: { id: a }\n',
  'keys beside rules': `version: 2\nmetadata: { id: x }\nrules:\n${listItem(ruleText())}`,
  'binary data': 'PAR1\u0000\u0001\u0002',
  'a tab for indentation': 'metadata:\n\tid: a\n',
  'an unclosed quote': 'metadata: { id: "a }\nscope: { table: t }\n',
  'an unclosed bracket': 'metadata: { id: a\n',
  'uneven indentation': 'metadata:\n    id: a\n  owner: team\n',
  'a colon in plain text': 'metadata: { id: a }\nscope:\n  table: t\n  where: x: 5\n',
  'a bad escape': 'metadata: { id: a, description: "\\d+" }\n',
  'an unknown tag': 'metadata: !secret { id: a }\n',
  'an unknown alias': 'metadata: *base\n',
  'an alias of itself': 'metadata: &m { id: a, tags: [*m] }\n',
  'a key written twice': 'metadata: { id: a, id: b }\n',
  'a mapping as a key': '{ a: 1 }: 5\n',
  'a merge of text': 'metadata: { <<: base, id: a }\n',
  'a wrong apiVersion and kind': ruleText().replace('aegis.dev/v1', 'aegis.dev/v2').replace('DataQualityRule', 'Rule'),
  'nothing but an id': 'metadata: { id: a }\n',
  'no metadata': 'scope: { table: t }\nlogic: { type: at_least, threshold: 1 }\n',
  'no id': envelope('{ owner: me, description: d }'),
  'an id with spaces': envelope('{ id: my rule, owner: me, description: d }'),
  'an empty id': envelope('{ id: "", owner: me, description: d }'),
  'numbers for text': envelope('{ id: 5, owner: 1e3, description: 0x1F }'),
  'booleans for text': envelope('{ id: true, owner: no, description: off }'),
  'an unknown severity and status': envelope('{ id: a, owner: me, description: d, severity: hihg, status: live }'),
  'a severity in capitals': envelope('{ id: a, owner: me, description: d, severity: Critical }'),
  'tags as text': envelope('{ id: a, owner: me, description: d, tags: revenue }'),
  'keys without values': envelope('{ id: a, owner: , description: ~ }'),
  'keys in the wrong section': envelope(
    '{ id: a, owner: me, description: d, table: t, threshold: 5 }',
    'severity: high\n',
  ),
  'misspelled keys': 'metdata: { id: a }\nscop: { table: t }\nlogic: { type: at_least, treshold: 1 }\n',
  'a hostile key': envelope('{ id: a, owner: me, description: d, __proto__: { admin: true } }'),
  'two rules of one id': listItem(ruleText()) + listItem(ruleText()),
  'automatic fixes': envelope('{ id: a, owner: me, description: d }', 'remediation: { auto_remediate: true }\n'),
  'an unknown strategy': envelope('{ id: a, owner: me, description: d }', 'remediation: { proposal_strategy: llm }\n'),
  'logic that is text': logic('not_null'),
  'no type': logic('{ column: x }'),
  'a misspelled type': logic('{ type: inlist, column: x, values: [1] }'),
  'a type nobody knows': logic('{ type: quantum }'),
  'a type that is a number': logic('{ type: 5 }'),
  'a missing param': logic('{ type: in_list, column: x }'),
  'a misspelled param': logic('{ type: in_list, colum: x, valeus: [1] }'),
  'a param of scope in logic': logic('{ type: in_list, column: x, values: [1], where: x > 0 }'),
  'NULL among values': logic('{ type: in_list, column: x, values: [1, ~, null] }'),
  'nested values': logic('{ type: in_list, column: x, values: [[1], { a: 1 }] }'),
  'no values': logic('{ type: in_list, column: x, values: [] }'),
  'one value that is no list': logic('{ type: in_list, column: x, values: open }'),
  'a column that is a number': logic('{ type: in_list, column: 5, values: [1] }'),
  'two columns for a type of one': scope('{ table: t, columns: [x, y] }').replace('column: status, ', ''),
  'columns in two places': scope('{ table: t, columns: [x] }'),
  'columns as text': scope('{ table: t, columns: x }').replace('column: status, ', ''),
  'a column twice': scope('{ table: t, columns: [x, x] }').replace('column: status, ', ''),
  'columns for a type without': ruleText({
    scope: '{ table: t, columns: [x] }',
    logic: '{ type: at_least, threshold: 1 }',
  }),
  'a list of columns that is empty': logic('{ type: matches, columns: [], source_table: s }'),
  'lists of different length': logic('{ type: matches, columns: [a, b], source_table: s, source_column: c }'),
  'thresholds that are none': logic('{ type: in_list, column: x, values: [1], fail_if: 5, warn_if: many }'),
  'a threshold on a type that counts nothing': logic(
    '{ type: at_least, threshold: 1, fail_if: rows > 1, nulls: fail }',
  ),
  'numbers that are none': logic('{ type: within, age: 1.5, share: 5%, unit: hour, strict: yes, mode: some }'),
  'numbers out of range': logic('{ type: within, age: 0, share: 100.01 }'),
  'numbers without an end': logic('{ type: at_least, threshold: .inf }'),
  'an empty table': scope('{ table: "" }'),
  'a table with a hole': scope('{ table: a..b }'),
  'a table that is a number': scope('{ table: 2024 }'),
  'a file of unknown kind': scope('{ table: data/orders.xlsx }'),
  'a schema twice': scope('{ table: a.b, schema: c }'),
  'a schema of a file': scope('{ table: a.csv, schema: c }'),
  'a database without a schema': scope('{ table: t, database: d }'),
  'an unknown time zone': scope('{ table: t, timezone: Mars/Olympus }'),
  'a source warehouse for nothing': scope('{ table: t, source_warehouse: w }'),
  'a source table with a hole': logic('{ type: matches, column: a, source_table: a. }'),
};

it.each(Object.entries(badFiles))('says what is wrong with %s', (_name, text) => {
  const { problems } = read(text);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.map(formatProblem).join('\n')).toMatchSnapshot();
});

it('gives every problem a place in the file and a code', () => {
  for (const [name, text] of Object.entries(badFiles)) {
    for (const problem of read(text).problems) {
      expect(problem.location, name).toMatchObject({ file: 'rules.yaml', line: expect.any(Number) });
      expect(problem.code, name).toMatch(/^rule\/(syntax|invalid|duplicate-id|unknown-type|unsupported)$/);
    }
  }
});

it('still gives the rules that are right', () => {
  const text = listItem(ruleText({ id: 'a' })) + listItem(logic('{ type: quantum }')) + listItem(ruleText({ id: 'c' }));
  const { rules, problems } = read(text);
  expect(rules.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(problems).toHaveLength(1);
});

it('goes on with the documents after one that is not YAML', () => {
  const { rules, problems } = read(`a: "x\n---\n${ruleText()}`.replace('"x', '[x'));
  expect(rules.map(({ id }) => id)).toEqual(['orders_status']);
  expect(problems).toHaveLength(1);
});
