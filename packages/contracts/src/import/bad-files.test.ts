import { isAegisError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { contractText } from '../testing/contracts.js';
import { importChecks } from './import-checks.js';

/** What people see of the error. */
const shown = (text: string, from?: string): string => {
  try {
    importChecks(text, 'c.yaml', { from });
  } catch (error) {
    if (isAegisError(error)) return error.display;
    throw error;
  }
  return 'no error';
};

const sound = contractText({ properties: [{ name: 'id', required: true }] });

it.each([
  ['', 'c.yaml is empty'],
  ['# nothing\n', 'c.yaml is empty'],
  ['just text', 'c.yaml:1:1: c.yaml is in no format known here'],
  ['- 1\n- 2\n', 'c.yaml:1:1: c.yaml is in no format known here'],
  ['version: 2\nmodels: []\n', 'c.yaml:1:1: c.yaml is in no format known here'],
  ['a: [1,\n', 'c.yaml:2:1: not valid YAML'],
  ['a: 1\na: 2\n', 'c.yaml:2:1: key "a" is written twice'],
  ['\u0000PNG', 'c.yaml:1:1: the file is not text'],
  [`${sound}---\n${sound}`, 'c.yaml holds several documents'],
  [
    'dataContractSpecification: 1.1.0\nid: x\n',
    'the file is a Data Contract Specification, not a data contract of ODCS',
  ],
])('refuses %j', (text, message) => {
  expect(shown(text)).toContain(message);
});

it.each([
  ['v4.0.0', 'c.yaml:1:13: the contract is of ODCS v4.0.0; this version of Aegis reads v3\n  Update @aegis/contracts'],
  [
    'v2.2.2',
    'c.yaml:1:13: the contract is of ODCS v2.2.2; this version of Aegis reads v3\n  Bring the contract to v3.1.0.',
  ],
  ['latest', 'c.yaml:1:13: apiVersion must be a version such as v3.1.0'],
])('refuses version %s with its place', (version, message) => {
  expect(shown(sound.replace('v3.1.0', version))).toContain(message);
});

it('asks for a version where there is none', () => {
  expect(shown(sound.replace('apiVersion: v3.1.0\n', ''))).toContain('the contract has no apiVersion');
});

it.each(['v3.0.0', 'v3.0.2', '3.1.0', 'v3.1.7'])('reads version %s', (version) => {
  const { rules, notes } = importChecks(sound.replace('v3.1.0', version), 'c.yaml');
  expect({ rules: rules.length, notes }).toEqual({ rules: 1, notes: [] });
});

it('reads a later minor version by its structure, and says so', () => {
  const { notes, rules } = importChecks(sound.replace('v3.1.0', 'v3.9.0'), 'c.yaml');
  expect(rules).toHaveLength(1);
  expect(notes).toEqual([
    'The contract is of ODCS v3.9.0, later than any known here (v3.1); it was read by its structure.',
  ]);
});

it('names every part of another type with its place', () => {
  const text = `${sound.slice(0, sound.indexOf('schema:'))}schema:
  - name: orders
    properties:
      - name: id
        required: maybe
      - physicalName: x
    quality: none
slaProperties: 4
`;
  expect(shown(text)).toBe(
    [
      'c.yaml:10:19: schema[0].properties[0].required must be true or false',
      'c.yaml:11:9: schema[0].properties[1].name must be text',
      'c.yaml:12:14: schema[0].quality must be a list',
      'c.yaml:13:16: slaProperties must be a list',
    ].join('\n'),
  );
});

it('follows anchors, aliases and merge keys', () => {
  const text = sound.replace(
    /schema:[\s\S]*/,
    `x-key: &key { required: true, unique: true }
schema:
  - name: orders
    properties: &columns
      - { name: id, <<: *key }
  - name: lines
    properties: *columns
`,
  );
  expect(importChecks(text, 'c.yaml').rules.map(({ id }) => id)).toEqual([
    'lines_id_required',
    'lines_id_unique',
    'orders_id_required',
    'orders_id_unique',
  ]);
});

it('refuses an alias of what it stands in, and aliases that multiply', () => {
  expect(shown('kind: DataContract\nschema: &s\n  - *s\n')).toContain('c.yaml:3:5: unknown alias *s');
  const levels = Array.from({ length: 9 }, (_each, level) => {
    const items = Array.from({ length: 10 }, () => (level === 0 ? 'x' : `*l${level - 1}`));
    return `l${level}: &l${level} [${items.join(', ')}]`;
  });
  expect(shown(`${levels.join('\n')}\n`)).toContain('aliases repeat too many values');
});

it('refuses 50 MB at once', () => {
  const started = performance.now();
  expect(shown(`${sound}description: ${'x'.repeat(50 * 1024 * 1024)}\n`)).toContain('c.yaml is larger than 10 MB');
  expect(performance.now() - started).toBeLessThan(2000);
});

it('says which formats there are', () => {
  expect(shown(sound, 'odcz')).toContain('--from does not know "odcz"\n  It knows odcs');
  expect(shown('checks for orders:\n  - row_count > 0\n', 'odcs')).toContain(
    'c.yaml:1:1: the file is no data contract: it has no `kind: DataContract`',
  );
});
