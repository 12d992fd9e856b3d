import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { bigqueryOptionsSchema, resolveOptions } from './bigquery-options.js';
import { adapter, bigquery } from './index.js';

const errorOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isAegisError(error)) return `${error.code} ${error.message}`;
  }
  return '';
};

describe('options', () => {
  it('say about each whether it is secret', () => {
    for (const schema of Object.values(bigqueryOptionsSchema.shape)) expect(schema.meta()).toHaveProperty('secret');
  });

  it('come before the environment', () => {
    const environment = { GOOGLE_CLOUD_PROJECT: 'theirs', GOOGLE_APPLICATION_CREDENTIALS: '/k.json' };
    expect(resolveOptions({}, environment)).toMatchObject({ projectId: 'theirs', keyFilename: '/k.json' });
    expect(resolveOptions({ projectId: 'mine' }, environment)).toMatchObject({ projectId: 'mine' });
    expect(resolveOptions({ credentials: '{}' }, environment).keyFilename).toBeUndefined();
  });

  it('of the command line may be text where numbers are meant', () => {
    expect(resolveOptions({ maximumBytesBilled: '1000000' }).maximumBytesBilled).toBe(1_000_000);
  });

  it.each([
    [{ projekt: 'x' }, 'projekt'],
    [{ maximumBytesBilled: 0 }, 'maximumBytesBilled'],
    [{ labels: { Team: 'x' } }, 'labels'],
    [{ impersonate: 'nobody' }, 'impersonate'],
    [{ apiEndpoint: 'localhost' }, 'apiEndpoint'],
    ['text', 'bigquery'],
  ])('that do not fit are named: %o', (options, name) => {
    const error = errorOf(() => resolveOptions(options));
    expect(error).toContain('config/invalid');
    expect(error).toContain(name);
  });

  it('refuse two sorts of credentials, and show nothing of them', () => {
    const error = errorOf(() => bigquery({ keyFilename: 'k.json', credentials: '{"private_key":"very-secret"}' }));
    expect(error).toContain('beside keyFilename');
    expect(error).not.toContain('very-secret');
  });
});

describe('credentials', () => {
  const connecting = (options: object) =>
    adapter
      .create({ projectId: 'p', ...options }, { baseDirectory: '/nowhere', env: {}, files: [] })
      .connect()
      .catch((error: unknown) => error);

  it('that are no JSON are named by their option alone', async () => {
    const error = await connecting({ credentials: 'very-secret {' });
    expect(error).toMatchObject({ code: 'config/invalid' });
    expect(String(error)).toContain('credentials');
    expect(String(error)).not.toContain('very-secret');
  });

  it('of an unknown type, and without their key, are refused', async () => {
    expect(String(await connecting({ credentials: '{"type":"magic"}' }))).toContain('"magic"');
    expect(String(await connecting({ credentials: '{"type":"service_account"}' }))).toContain('private_key');
  });

  it('in a file that is not there are a mistake of the configuration', async () => {
    const error = await connecting({ keyFilename: 'missing.json' });
    expect(error).toMatchObject({ code: 'config/invalid' });
    expect(String(error)).toContain('/nowhere/missing.json');
  });

  it('whose key cannot sign are refused as credentials, without showing the key', async () => {
    const key = { type: 'service_account', client_email: 'a@b.c', private_key: 'very-secret' };
    const error = await connecting({ credentials: JSON.stringify(key) });
    expect(error).toMatchObject({ code: 'warehouse/authentication' });
    expect(String(error)).not.toContain('very-secret');
  });
});
