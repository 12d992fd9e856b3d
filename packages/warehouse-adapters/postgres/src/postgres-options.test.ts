import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from './postgres-options.js';

describe('resolveOptions', () => {
  it('has few defaults of its own', () => {
    expect(resolveOptions()).toEqual({
      access: 'read_only',
      maxConnections: 4,
      snapshotConnections: 2,
      connectTimeoutMs: 10_000,
    });
  });

  it('reads a connection URL', () => {
    const url =
      'postgres://us%40er:p%2Fw%3A@db.example.com:6543/my%20db?sslmode=verify-full&sslrootcert=ca.pem&sslcert=me.pem&sslkey=me.key';
    expect(resolveOptions({ url })).toMatchObject({
      host: 'db.example.com',
      port: 6543,
      database: 'my db',
      user: 'us@er',
      password: 'p/w:',
      sslmode: 'verify-full',
      sslrootcert: 'ca.pem',
      sslcert: 'me.pem',
      sslkey: 'me.key',
    });
  });

  it('reads hosts that are IPv6 addresses or folders of sockets', () => {
    expect(resolveOptions({ url: 'postgresql://[::1]/d' })).toMatchObject({ host: '::1', database: 'd' });
    expect(resolveOptions({ url: 'postgresql:///d?host=/run/postgresql' })).toMatchObject({ host: '/run/postgresql' });
  });

  it('puts options before the URL, and the URL before the environment', () => {
    const environment = {
      PGHOST: 'env',
      PGPORT: '1',
      PGUSER: 'env',
      PGPASSWORD: 'env',
      PGSSLMODE: 'disable',
      HOME: '/',
    };
    expect(resolveOptions({ url: 'postgresql://url:url@url/db', host: 'option' }, environment)).toMatchObject({
      host: 'option',
      port: 1,
      user: 'url',
      password: 'url',
      sslmode: 'disable',
    });
  });

  it.each([
    [{ prot: 1 }, /prot/],
    [{ port: 0 }, /option port/],
    [{ sslmode: 'allow' }, /option sslmode/],
    [{ snapshotConnections: 0 }, /option snapshotConnections/],
    [{ maxConnections: 0 }, /option maxConnections/],
    [{ url: 5 }, /option url/],
    ['postgresql://x', /postgres warehouse/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveOptions(options)).toThrow(ConfigError);
    expect(() => resolveOptions(options)).toThrow(message);
  });

  it.each([
    'hunter2',
    'mysql://user:hunter2@host/db',
    'postgresql://user:hunter2%@host/db',
    'postgresql://user:hunter2@host:port/db',
    'postgresql://user:hunter2@host/db?service=hunter2',
  ])('never shows a URL that it refuses: %s', (url) => {
    const error = (() => {
      try {
        return resolveOptions({ url });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
  });
});
