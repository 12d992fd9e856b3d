import { expect, it } from 'vitest';
import { formatLocation } from './location.js';

it('writes a place as terminals and editors link it', () => {
  expect(formatLocation({ file: 'rules/orders.yaml', line: 12, column: 5 })).toBe('rules/orders.yaml:12:5');
});
