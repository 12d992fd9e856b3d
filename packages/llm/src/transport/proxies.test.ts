import { expect, it } from 'vitest';
import { passwordsOf, proxiesOf, proxyIn } from './proxies.js';

it('takes the proxies of the environment, small letters first, but not for this machine', () => {
  const env = {
    https_proxy: 'proxy:8080',
    HTTPS_PROXY: 'http://other',
    HTTP_PROXY: ' http://plain ',
    NO_PROXY: 'x.org',
  };
  expect(proxiesOf(undefined, env)).toEqual({
    httpProxy: 'http://plain',
    httpsProxy: 'http://proxy:8080',
    noProxy: 'localhost,127.0.0.1,[::1],x.org',
  });
  expect(proxiesOf(undefined, {})).toMatchObject({ httpProxy: '', httpsProxy: '' });
});

it('takes the proxy of the options for every host, whatever the environment says', () => {
  const env = { https_proxy: 'nonsense:// ', no_proxy: '*' };
  expect(proxiesOf('http://p', env)).toEqual({ httpProxy: 'http://p', httpsProxy: 'http://p', noProxy: '' });
});

it('knows no proxy where the variable is missing or blank, and refuses what is no URL', () => {
  expect(proxyIn({ HTTP_PROXY: '  ' }, 'HTTP_PROXY')).toBeUndefined();
  expect(() => proxyIn({ HTTP_PROXY: 'http://' }, 'HTTP_PROXY')).toThrow('the variable HTTP_PROXY is no URL');
});

it('lists the passwords that stand in proxies', () => {
  expect(passwordsOf({ httpProxy: '', httpsProxy: 'http://u:secret-word@p' })).toEqual(['secret-word']);
});
