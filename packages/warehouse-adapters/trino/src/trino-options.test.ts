import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { adapter, trino } from './index.js';
import { resolveOptions, trinoOptionsSchema } from './trino-options.js';

const errorOf = (work: () => unknown): string => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return isAegisError(error) ? `${error.code} ${error.message}` : String(error);
  }
};

describe('options', () => {
  it('of which none is needed', () => {
    expect(resolveOptions()).toMatchObject({
      server: 'http://localhost:8080',
      user: 'aegis',
      timeZone: 'UTC',
      readOnlyTransactions: true,
      maxStatements: 8,
    });
    expect(trino().contract).toBe('warehouse/v1');
  });

  it('come before the environment', () => {
    const env = { TRINO_SERVER: 'https://env.example.com', TRINO_USER: 'env', TRINO_PASSWORD: 'secret' };
    expect(resolveOptions({ user: 'written' }, env)).toMatchObject({
      server: 'https://env.example.com',
      user: 'written',
      password: 'secret',
    });
    const withToken = resolveOptions({ accessToken: 'token' }, env);
    expect(withToken).toMatchObject({ accessToken: 'token' });
    expect(withToken.password).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ['unknown ones', { hots: 'x' }, 'hots'],
    ['a server that is no URL', { server: 'trino:8080' }, 'server'],
    ['a server of another protocol', { server: 'ftp://trino' }, 'server'],
    ['credentials in the server', { server: 'https://anna:very-secret@trino' }, 'use those options'],
    ['a password over http', { server: 'http://trino', password: 'very-secret' }, 'https only'],
    ['a token over http', { server: 'http://trino', accessToken: 'very-secret' }, 'https only'],
    ['a password beside a token', { password: 'very-secret', accessToken: 'very-secret' }, 'beside password'],
    ['a certificate without its key', { clientCertificate: 'a.pem' }, 'go together'],
    ['a token that no header can hold', { accessToken: 'very-secret\r\nx: y' }, 'accessToken'],
    ['a tag with a comma', { clientTags: ['a,b'] }, 'clientTags'],
    ['a property whose name is none', { sessionProperties: { 'a=b': 1 } }, 'sessionProperties'],
    ['a user that no header can hold', { user: 'änne' }, 'printable ASCII'],
    ['no object', 'x' as unknown as object, 'options'],
  ])('are refused: %s', (_, options, said) => {
    const error = errorOf(() => trino(options as never));
    expect(error).toContain('config/invalid');
    expect(error).toContain(said);
    expect(error).not.toContain('very-secret');
  });

  it('say of each whether it is a secret, and describe it', () => {
    const secrets = Object.entries(trinoOptionsSchema.shape).flatMap(([name, schema]) => {
      expect(schema.meta()?.description, name).toBeTruthy();
      return schema.meta()?.secret === true ? [name] : [];
    });
    expect(secrets).toEqual(['password', 'accessToken']);
  });

  it('of the adapter are those of the function', () => {
    expect(adapter).toMatchObject({ contract: 'warehouse/v1', type: 'trino', optionsSchema: trinoOptionsSchema });
    const context = { baseDirectory: '/', env: { TRINO_SERVER: 'nonsense' }, files: [] };
    expect(errorOf(() => adapter.create({}, context))).toContain('server');
  });
});
