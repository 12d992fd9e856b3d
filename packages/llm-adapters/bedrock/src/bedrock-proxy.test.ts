import { expect, it } from 'vitest';
import { proxyFor } from './bedrock-proxy.js';

const host = new URL('https://bedrock-runtime.eu-central-1.amazonaws.com');
const env = { HTTPS_PROXY: 'http://proxy:3128' };

it('is the one of the options, whatever the environment says', () => {
  expect(proxyFor(host, 'http://mine:1', { ...env, NO_PROXY: '*' })).toBe('http://mine:1');
});

it('is that of the environment, small letters first, for https alone', () => {
  expect(proxyFor(host, undefined, env)).toBe('http://proxy:3128');
  expect(proxyFor(host, undefined, { ...env, https_proxy: 'small:1' })).toBe('http://small:1');
  expect(proxyFor(new URL('http://127.0.0.1:1'), undefined, env)).toBeUndefined();
  expect(proxyFor(host, undefined, {})).toBeUndefined();
});

it.each([
  '*',
  '.amazonaws.com',
  'amazonaws.com',
  '*.amazonaws.com',
  'x, bedrock-runtime.eu-central-1.amazonaws.com:443',
])('is none where NO_PROXY is %s', (excepted) => {
  expect(proxyFor(host, undefined, { ...env, NO_PROXY: excepted })).toBeUndefined();
});

it.each(['', 'aws.com', 'runtime.eu-central-1.amazonaws.com.evil', ' , '])(
  'stays where NO_PROXY is "%s"',
  (excepted) => {
    expect(proxyFor(host, undefined, { ...env, NO_PROXY: excepted })).toBe('http://proxy:3128');
  },
);

it('that is no URL is an error of the configuration', () => {
  expect(() => proxyFor(host, undefined, { HTTPS_PROXY: 'http://a b' })).toThrow(/HTTPS_PROXY/);
});
