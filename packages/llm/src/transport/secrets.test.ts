import { expect, it } from 'vitest';
import { isSecret, safeCause, secretHeaders, withoutSecrets } from './secrets.js';

const key = 'sk-4f2a9c7e51d84b06';
const masked = (text: string) => withoutSecrets(text, new Set([key]));

it('masks secrets wherever they stand, but no short word', () => {
  expect(withoutSecrets(`${key} and ${key}, and it`, [key, 'it'])).toBe('… and …, and it');
  expect(isSecret('1234567')).toBe(false);
  expect(isSecret(undefined)).toBe(false);
});

it('knows the headers that hold secrets by their names', () => {
  expect(secretHeaders({ 'X-Api-Key': 'a', Cookie: 'b', 'X-Team': 'c', Authorization: 'd' })).toEqual(['a', 'b', 'd']);
});

it('keeps a cause that shows no secret, and replaces one that does, also out of sight', () => {
  const harmless = new TypeError('fetch failed');
  expect(safeCause(harmless, masked)).toBe(harmless);
  const deep = Object.assign(new TypeError(`refused ${key}`), { request: { headers: { authorization: key } } });
  expect(safeCause(deep, masked)).toMatchObject({ name: 'TypeError', message: 'refused …' });
  expect(safeCause(deep, masked)).not.toHaveProperty('request');
  const hidden = Object.defineProperty(new Error('no'), 'request', { value: key, enumerable: false });
  expect(safeCause(hidden, masked)).not.toBe(hidden);
  expect(safeCause(key, masked)).toMatchObject({ name: 'Error', message: '…' });
});
