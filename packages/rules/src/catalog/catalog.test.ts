import { expect, it } from 'vitest';
import { either, inList, matches, within } from '../__fixtures__/rule-types.js';
import { ruleTypes } from '../types/index.js';
import { catalog } from './catalog.js';

it('describes a type with its params in words', () => {
  expect(catalog([within])).toEqual([
    {
      name: 'within',
      category: 'validity',
      summary: 'What within is about.',
      edgeCases: 'None.',
      unit: 'table',
      thresholds: [],
      nulls: false,
      params: [
        { name: 'column', type: 'text', required: false, description: 'Time column.' },
        {
          name: 'unit',
          type: 'minutes | hours | days',
          required: false,
          default: 'hours',
          description: 'Unit of the age.',
        },
        { name: 'age', type: 'whole number, 1 to 999', required: true, description: 'Largest age.' },
        { name: 'share', type: 'number, 0 to 100', required: false, description: 'Share of rows.' },
        {
          name: 'strict',
          type: 'true or false',
          required: false,
          default: 'false',
          description: 'Whether equality counts.',
        },
        { name: 'mode', type: 'any | true', required: false, default: 'any', description: 'How to compare.' },
      ],
      example: { type: 'within' },
    },
  ]);
});

it('names lists, tables and values of any type', () => {
  const types = catalog([inList, matches, either]).flatMap(({ params }) =>
    params.map(({ name, type }) => [name, type]),
  );
  expect(types).toEqual([
    ['column', 'text'],
    ['values', 'list of any single value'],
    ['columns', 'list of text'],
    ['source_table', 'table or data file'],
    ['source_columns', 'list of text'],
    ['column', 'text'],
    ['columns', 'list of text'],
  ]);
});

it('has a description for every param of every built-in type', () => {
  for (const { name, params } of catalog(ruleTypes)) {
    for (const param of params) expect(param.description, `${name}.${param.name}`).toMatch(/^[A-Z`].+\.$/);
  }
});
