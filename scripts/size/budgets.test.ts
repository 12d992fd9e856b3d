import { expect, it } from 'vitest';
import { overBudget, renewed } from './budgets.js';

it('accepts sizes up to their budgets', () => {
  expect(overBudget({ a: 100, b: 50 }, { a: 100, b: 60 })).toEqual([]);
});

it('names what is over budget, what has none, and budgets of nothing', () => {
  expect(overBudget({ a: 101, b: 1 }, { a: 100, c: 5 })).toEqual([
    'a has 101 bytes, 1 more than its budget',
    'b has no budget',
    'c has a budget and does not exist',
  ]);
});

it('renews only budgets that do not hold, a tenth above the size', () => {
  expect(renewed({ kept: 100, over: 1000, novel: 10 }, { kept: 2000, over: 900, gone: 1 })).toEqual({
    kept: 2000,
    over: 1536,
    novel: 512,
  });
});
