import { readRules } from '@aegis/rules';
import { expect, it } from 'vitest';
import type { NamedDraft } from './draft/named-draft.js';
import { type RulesFrame, renderRules } from './rules-text.js';

const frame: RulesFrame = {
  target: { name: 'orders', table: { kind: 'named', parts: ['orders'] }, written: 'orders' },
  ...{ owner: 'data-team', warehouse: undefined, header: ['Drafted.'] },
};

const draft = (changes: Partial<NamedDraft> = {}): NamedDraft => ({
  ...{ id: 'orders_state', name: 'state', type: 'accepted_values', logic: { column: 'state', values: ['no', '007'] } },
  ...{
    severity: 'medium',
    description: 'State is known.',
    comments: [],
    origin: 'profile',
    value: 1,
    status: 'active',
  },
  ...changes,
});

it('is YAML with the reasons as comments', () => {
  const text = renderRules(
    [draft({ comments: ['Rare: 007 (1 row)', 'Read this.'] }), draft({ id: 'b', status: 'draft', where: 'a > 1' })],
    frame,
  );
  expect(text).toBe(`# Drafted.

rules:
  # Rare: 007 (1 row)
  # Read this.
  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: orders_state
      severity: medium
      owner: data-team
      description: State is known.
      tags: [ generated ]
    scope:
      table: orders
    logic:
      type: accepted_values
      column: state
      values:
        - no
        - "007"

  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata:
      id: b
      severity: medium
      status: draft
      owner: data-team
      description: State is known.
      tags: [ generated ]
    scope:
      table: orders
      where: a > 1
    logic:
      type: accepted_values
      column: state
      values:
        - no
        - "007"
`);
});

it('is read back as it was meant, whatever the values look like', () => {
  const values = [
    'null',
    'true',
    '1e3',
    '2026-01-01',
    '~',
    ' lead',
    'a: b',
    '# no comment',
    '- item',
    '"',
    "'",
    '\\',
    '\u001b[2J',
    'ä\n\tb',
    '{x}',
    '*a',
    '&b',
    '!c',
    '%d',
    '@e',
    '`f',
  ];
  const hostile = draft({
    description: 'A "quoted": # sentence',
    logic: { column: 'col: "umn" #1', values },
    comments: ['second line\u2028is one: too'],
  });
  const { rules, problems } = readRules([
    { file: 'x.yaml', text: renderRules([hostile], { ...frame, warehouse: 'a: b' }) },
  ]);
  expect(problems).toEqual([]);
  expect(rules[0]).toMatchObject({
    description: 'A "quoted": # sentence',
    scope: { warehouse: 'a: b' },
    params: { column: 'col: "umn" #1', values },
  });
});
