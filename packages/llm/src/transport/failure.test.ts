import { expect, it } from 'vitest';
import { causesOf, isOfNetwork, retryAfterOf, shortened, thrownOf } from './failure.js';

it('follows causes, into the first of several addresses, and never without end', () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const several = new AggregateError([refused, new Error('other')]);
  const failed = new TypeError('fetch failed', { cause: several });
  expect(causesOf(failed).map(({ message }) => message)).toEqual(['fetch failed', '', 'refused']);
  const circle = new Error('round');
  circle.cause = circle;
  expect(causesOf(circle)).toHaveLength(5);
  expect(causesOf('text')).toEqual([]);
  expect(thrownOf('text')).toEqual({ message: 'text' });
});

it.each([
  ['ECONNREFUSED', true],
  ['UND_ERR_SOCKET', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['ERR_HTTP2_STREAM_CANCEL', true],
  ['invalid_api_key', false],
  [404, false],
])('tells by the code %s whether the network failed', (code, expected) => {
  expect(isOfNetwork({ code })).toBe(expected);
});

it.each([
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  [{ 'retry-after': '2' }, 2_000],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('reads when to come back from %j', (headers, expected) => {
  expect(retryAfterOf(new Headers(headers as Record<string, string>))).toBe(expected);
});

it('reads nothing from what are no headers', () => {
  expect(retryAfterOf(undefined)).toBeUndefined();
  expect(retryAfterOf({ 'retry-after': '2' })).toBeUndefined();
});

it('keeps 300 characters of a message, on one line', () => {
  expect(shortened(' a\n  b\tc ')).toBe('a b c');
  expect(shortened('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
});
