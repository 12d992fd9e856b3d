import { inspect } from 'node:util';
import type { ModelServer } from '@aegis/conformance/model';
import { isAegisError, type ModelContext } from '@aegis/spec';
import { Anthropic } from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anthropicServer } from './__fixtures__/anthropic-server.js';
import { type ProxyServer, proxyServer } from './__fixtures__/proxy-server.js';
import { apiKey } from './__fixtures__/vendor-errors.js';
import { adapter, anthropic } from './index.js';

const question = { messages: [{ role: 'user', content: 'Why?' }] } as const;

let server: ModelServer;
let proxy: ProxyServer;
const password = 'proxy-password';
const basic = `Basic ${Buffer.from(`aegis:${password}`).toString('base64')}`;

beforeEach(async () => {
  [server, proxy] = await Promise.all([anthropicServer(), proxyServer(basic)]);
  server.play({ kind: 'answer', text: 'Because.' });
});
afterEach(async () => {
  await Promise.all([server.close(), proxy.close()]);
});

const answer = async (options: object, env: ModelContext['env'] = {}) =>
  (await adapter.create('claude-haiku-4-5', options, { env }).generate(question)).text;

const failure = async (call: Promise<unknown>) => {
  const error = await call.then(() => undefined).catch((cause: unknown) => cause);
  if (!isAegisError(error)) throw new Error(`not an error of ours: ${error}`);
  return error;
};

describe('the key', () => {
  it.each<[string, object, ModelContext['env']]>([
    ['an option', { apiKey }, { ANTHROPIC_API_KEY: 'other' }],
    ['an option, as a token', { authToken: apiKey }, { ANTHROPIC_API_KEY: 'other' }],
    ['the environment', {}, { ANTHROPIC_API_KEY: `${apiKey}\n`, ANTHROPIC_AUTH_TOKEN: 'other' }],
    ['the environment, as a token', {}, { ANTHROPIC_API_KEY: '', ANTHROPIC_AUTH_TOKEN: apiKey }],
  ])('comes from %s', async (_where, options, env) => {
    expect(await answer({ baseURL: server.url, ...options }, env)).toBe('Because.');
    expect(server.requests[0]?.credentialProblem).toBeUndefined();
  });

  it('is looked up at the first call that finds one, in the environment as it is then', async () => {
    const env: { ANTHROPIC_API_KEY?: string } = {};
    const model = adapter.create('claude-haiku-4-5', { baseURL: server.url }, { env });
    expect(await failure(model.generate(question))).toMatchObject({ code: 'model/authentication' });
    env.ANTHROPIC_API_KEY = apiKey;
    expect((await model.generate(question)).text).toBe('Because.');
  });

  it('is not shown by what cannot be sent', async () => {
    const broken = 'sk-ant-broken\nkey-of-two-lines';
    const error = await failure(answer({ apiKey: broken, baseURL: server.url }));
    expect(inspect(error, { depth: 12 })).not.toContain('key-of-two-lines');
    expect(server.requests).toHaveLength(0);
  });
});

describe('the host', () => {
  it('comes from the environment where no option names it', async () => {
    expect(await answer({ apiKey }, { ANTHROPIC_BASE_URL: server.url })).toBe('Because.');
  });

  it('is asked with the headers of the options', async () => {
    const headers = { authorization: `Bearer ${apiKey}` };
    expect(await answer({ authToken: 'replaced', headers, baseURL: server.url })).toBe('Because.');
  });
});

describe('a proxy', () => {
  const through = () => proxy.url.replace('http://', `http://aegis:${password}@`);

  it('comes from the options, with its credentials', async () => {
    expect(await answer({ apiKey, baseURL: server.url, proxy: through() })).toBe('Because.');
    expect(proxy.asked).toEqual([{ host: new URL(server.url).host, authorization: basic }]);
  });

  it('comes from the environment, unless the host is to be asked directly', async () => {
    const env = { HTTP_PROXY: through() };
    server.play({ kind: 'answer', text: 'Directly.' });
    expect(await answer({ apiKey, baseURL: server.url }, env)).toBe('Because.');
    expect(proxy.asked).toHaveLength(1);
    expect(await answer({ apiKey, baseURL: server.url }, { ...env, NO_PROXY: '127.0.0.1' })).toBe('Directly.');
    expect(proxy.asked).toHaveLength(1);
  });

  it('may be written without http://', async () => {
    const open = await proxyServer();
    expect(await answer({ apiKey, baseURL: server.url }, { http_proxy: open.url.slice('http://'.length) })).toBe(
      'Because.',
    );
    expect(open.asked).toHaveLength(1);
    await open.close();
  });

  it('is asked for a tunnel to the vendor', async () => {
    const error = await failure(answer({ apiKey, proxy: through() }));
    expect(proxy.asked).toEqual([{ host: 'api.anthropic.com:443', authorization: basic }]);
    expect(error).toMatchObject({ code: 'model/connection', hint: expect.stringContaining('proxy') });
  });

  it('that refuses, or is not there, is an error of the connection that shows no password', async () => {
    const wrong = proxy.url.replace('http://', 'http://aegis:wrong-password@');
    for (const [url, baseURL] of [
      [wrong, server.url],
      [wrong, 'https://api.anthropic.com'],
      ['http://aegis:wrong-password@127.0.0.1:1', server.url],
    ]) {
      const error = await failure(answer({ apiKey, baseURL, proxy: url }));
      expect(error).toMatchObject({ code: 'model/connection', hint: expect.stringContaining('proxy') });
      expect(inspect(error, { depth: 12 })).not.toContain('wrong-password');
    }
    expect(server.requests).toHaveLength(0);
  });

  it('that the environment names wrongly is named', async () => {
    expect(await failure(answer({ apiKey }, { HTTPS_PROXY: 'http://' }))).toMatchObject({
      code: 'config/invalid',
      message: 'the variable HTTPS_PROXY is no URL',
    });
  });
});

describe('a client of the user', () => {
  it('is used as it is, and tries nothing again by itself', async () => {
    const client = new Anthropic({ apiKey, baseURL: server.url, maxRetries: 5 });
    const model = anthropic({ client });
    expect((await model.generate(question)).text).toBe('Because.');
    server.play({ kind: 'error', status: 500, echoesKey: true });
    const error = await failure(model.generate(question));
    expect(error).toMatchObject({ code: 'model/overloaded' });
    expect(inspect(error, { depth: 12 })).not.toContain(apiKey);
    expect(server.requests).toHaveLength(2);
  });
});
