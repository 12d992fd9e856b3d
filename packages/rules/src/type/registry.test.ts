import { expect, it } from 'vitest';
import { inList, within } from '../__fixtures__/rule-types.js';
import { createRegistry } from './registry.js';

it('finds types by their exact name and suggests near ones', () => {
  const registry = createRegistry([inList, within]);
  expect(registry.find('in_list')).toBe(inList);
  expect(registry.find('In_List')).toBeUndefined();
  expect(registry.find('__proto__')).toBeUndefined();
  expect(registry.suggest('inlist')).toBe('in_list');
  expect(registry.get('within')).toBe(within);
  expect(() => registry.get('withn')).toThrow(
    expect.objectContaining({ code: 'rule/unknown-type', hint: 'Did you mean "within"?' }),
  );
  expect(registry.types).toEqual([inList, within]);
});

it('refuses two types of one name', () => {
  expect(() => createRegistry([inList, inList])).toThrow('two rule types are named "in_list"');
});
