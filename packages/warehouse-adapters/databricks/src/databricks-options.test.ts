import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { connectionOptions, serializedTags } from './databricks-connection.js';
import { resolveOptions } from './databricks-options.js';

const place = { host: 'adb-1.2.azuredatabricks.net', httpPath: '/sql/1.0/warehouses/a' };
const written = { ...place, token: 'dapi-secret' };

const refusal = (options: unknown): ConfigError => {
  try {
    resolveOptions(options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('nothing was refused');
};

describe('options', () => {
  it('take a host as it is copied out of a browser', () => {
    expect(resolveOptions({ ...written, host: 'https://adb-1.2.azuredatabricks.net/' }).host).toBe(place.host);
  });

  it('come from the environment where they are not written', () => {
    const environment = { DATABRICKS_HOST: 'other', DATABRICKS_HTTP_PATH: '/p', DATABRICKS_TOKEN: 't' };
    expect(resolveOptions({ host: 'mine' }, environment)).toMatchObject({ host: 'mine', httpPath: '/p', token: 't' });
  });

  it('do not mix written credentials with those of the environment', () => {
    const principal = { ...place, clientId: 'id', clientSecret: 's' };
    expect(resolveOptions(principal, { DATABRICKS_TOKEN: 't' }).token).toBeUndefined();
    expect(resolveOptions(place, { DATABRICKS_TOKEN: 't', DATABRICKS_CLIENT_ID: 'id' }).clientId).toBeUndefined();
  });

  it.each([
    ['without credentials', place, 'no credentials'],
    ['without a host', { httpPath: '/p', token: 't' }, 'option host: the host of the workspace is missing'],
    ['without a path', { host: 'h', token: 't' }, 'option httpPath: the HTTP path of the SQL warehouse is missing'],
    [
      'with two kinds of credentials',
      { ...written, clientId: 'i', clientSecret: 's' },
      'token and clientId are both set',
    ],
    ['with half a principal', { ...place, clientId: 'i' }, 'given together or not at all'],
    ['with a proxy that is no URL', { ...written, proxy: 'user:hunter2@nowhere' }, 'option proxy'],
    ['with a proxy that the driver does not speak to', { ...written, proxy: 'ftp://me:hunter2@proxy' }, 'option proxy'],
    ['with a tag that would be two', { ...written, queryTags: { 'a,b': 'c' } }, 'option queryTags.a,b'],
    ['with a host that is a path', { ...written, host: 'h/../x' }, 'option host'],
    ['that nobody knows', { ...written, wharehouse: 'x' }, 'wharehouse'],
  ])('are refused %s, and never show a value', (_, options, message) => {
    const error = refusal(options);
    expect(error.message).toContain(message);
    expect(error.hint).toBeDefined();
    expect(`${error.message} ${error.hint}`).not.toMatch(/dapi-secret|hunter2/);
  });
});

describe('the connection', () => {
  it('sends no telemetry, and bounds what the driver repeats', async () => {
    const options = await connectionOptions(resolveOptions({ ...written, retryMaxAttempts: 2, retryDelayMs: 5 }));
    expect(options).toMatchObject({
      telemetryEnabled: false,
      retryMaxAttempts: 2,
      retryDelayMin: 5,
      token: 'dapi-secret',
    });
  });

  it('is a service principal of Databricks, or of a tenant of Azure', async () => {
    const principal = { ...place, clientId: 'id', clientSecret: 's' };
    expect(await connectionOptions(resolveOptions(principal))).toMatchObject({
      authType: 'databricks-oauth',
      oauthClientId: 'id',
      oauthClientSecret: 's',
      useDatabricksOAuthInAzure: true,
    });
    expect(await connectionOptions(resolveOptions({ ...principal, azureTenantId: 't' }))).toMatchObject({
      azureTenantId: 't',
    });
  });

  it('goes through a proxy with its user', async () => {
    const { proxy } = await connectionOptions(resolveOptions({ ...written, proxy: 'http://me:p%40ss@proxy:3128' }));
    expect(proxy).toEqual({ protocol: 'http', host: 'proxy', port: 3128, auth: { username: 'me', password: 'p@ss' } });
  });

  it('names the file of certificates that it cannot read', async () => {
    await expect(connectionOptions(resolveOptions({ ...written, sslrootcert: '/no/such.pem' }))).rejects.toThrow(
      '/no/such.pem',
    );
  });
});

it('writes tags as the service reads them', () => {
  expect(serializedTags({ team: 'sales', note: 'a:b,c\\d' })).toBe('team:sales,note:a\\:b\\,c\\\\d');
});
