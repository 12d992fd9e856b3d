import { isAegisError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { athenaOptionsSchema, resolveOptions } from './athena-options.js';
import { athena } from './index.js';

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
    for (const schema of Object.values(athenaOptionsSchema.shape)) expect(schema.meta()).toHaveProperty('secret');
  });

  it('have defaults that a work group of its own needs no more than', () => {
    expect(resolveOptions()).toMatchObject({ workGroup: 'primary', database: 'default', catalog: 'AwsDataCatalog' });
  });

  it('come before the environment', () => {
    const environment = { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_ATHENA: 'http://127.0.0.1:1' };
    expect(resolveOptions({}, environment)).toMatchObject({
      region: 'eu-west-1',
      athenaEndpoint: 'http://127.0.0.1:1',
    });
    expect(resolveOptions({ region: 'us-east-1' }, environment)).toMatchObject({ region: 'us-east-1' });
    expect(resolveOptions({}, { AWS_DEFAULT_REGION: 'eu-north-1' }).region).toBe('eu-north-1');
  });

  it('take keys from one place alone', () => {
    const environment = { AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };
    expect(resolveOptions({}, environment)).toMatchObject({ accessKeyId: 'k', sessionToken: 't' });
    expect(resolveOptions({ profile: 'p' }, environment).accessKeyId).toBeUndefined();
    expect(resolveOptions({}, { ...environment, AWS_PROFILE: 'p' })).toMatchObject({ profile: 'p' });
    const written = resolveOptions({ accessKeyId: 'a', secretAccessKey: 'b' }, { ...environment, AWS_PROFILE: 'p' });
    expect([written.accessKeyId, written.sessionToken, written.profile]).toEqual(['a', undefined, undefined]);
  });

  it.each([
    [{ workgroup: 'x' }, 'workgroup'],
    [{ outputLocation: 'bucket/prefix' }, 'outputLocation'],
    [{ athenaEndpoint: 'localhost' }, 'athenaEndpoint'],
    [{ pollMs: 0 }, 'pollMs'],
    [{ reuseResultsMinutes: -1 }, 'reuseResultsMinutes'],
    [{ accessKeyId: 'k' }, 'secretAccessKey'],
    [{ accessKeyId: 'k', secretAccessKey: 's', profile: 'p' }, 'profile'],
    ['text', 'athena'],
  ])('that do not fit are named: %o', (options, name) => {
    const error = errorOf(() => resolveOptions(options));
    expect(error).toContain('config/invalid');
    expect(error).toContain(name);
  });

  it('that do not fit show nothing of secrets', () => {
    const error = errorOf(() => athena({ secretAccessKey: 'very-secret', pollMs: 0 }));
    expect(error).not.toContain('very-secret');
  });
});
