import { expect, it } from 'vitest';
import { labelled } from './label.js';

it('puts the label into a comment in front', () => {
  expect(labelled('SELECT 1', 'aegis run=01J table=shop.orders')).toBe(
    '/* aegis run=01J table=shop.orders */ SELECT 1',
  );
});

it('leaves a statement without label as it is', () => {
  expect(labelled('SELECT 1', undefined)).toBe('SELECT 1');
  expect(labelled('SELECT 1', '')).toBe('SELECT 1');
});

it.each(['*/ DROP TABLE t; /*', 'a\n-- b', "'; --", '/*', '$1 ? {x} \\ `'])(
  'lets no label out of its comment: %j',
  (label) => {
    const inside = labelled('SELECT 1', label).slice('/* '.length, -' */ SELECT 1'.length);
    expect(inside).not.toMatch(/[*/\n\r'"`;$?{}\\]/);
  },
);

it('cuts a long label', () => {
  expect(labelled('SELECT 1', 'x'.repeat(1_000))).toHaveLength('/*  */ SELECT 1'.length + 200);
});
