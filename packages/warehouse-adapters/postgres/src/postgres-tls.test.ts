import { isAegisError } from '@aegis/spec';
import { afterAll, expect, it } from 'vitest';
import { newDatabase } from './__fixtures__/test-database.js';
import { startTlsFront, tlsFile } from './__fixtures__/tls-front.js';
import { adapter, type PostgresOptions, postgres } from './index.js';

const url = await newDatabase();
const front = await startTlsFront(url);
afterAll(() => front.close());

const { username, password, pathname } = new URL(url);
const account = { user: username, password, database: pathname.slice(1) };
const authority = tlsFile('authority.pem');

const answerOf = async (options: Partial<PostgresOptions>): Promise<unknown> => {
  const warehouse = postgres({ host: 'localhost', port: front.port, ...account, ...options });
  try {
    return await warehouse.executeScalar('SELECT 1');
  } catch (error) {
    return isAegisError(error) ? error : String(error);
  } finally {
    await warehouse.close?.();
  }
};

it.each<Partial<PostgresOptions>>([
  { sslmode: 'prefer' },
  { sslmode: 'require' },
  { sslmode: 'verify-ca', sslrootcert: authority },
  { sslmode: 'verify-ca', sslrootcert: authority, host: '127.0.0.1' },
  { sslmode: 'verify-full', sslrootcert: authority },
])('encrypts and answers with %j', async (options) => {
  const before = front.clients.length;
  expect(await answerOf(options)).toBe(1);
  expect(front.clients.length).toBeGreaterThan(before);
});

it.each<Partial<PostgresOptions>>([
  { sslmode: 'verify-ca' },
  { sslmode: 'verify-ca', sslrootcert: 'system' },
  { sslmode: 'verify-full', sslrootcert: tlsFile('stranger.pem') },
  { sslmode: 'verify-full', sslrootcert: authority, host: '127.0.0.1' },
])('refuses a server that it cannot trust with %j', async (options) => {
  expect(await answerOf(options)).toMatchObject({
    code: 'warehouse/connection',
    hint: expect.stringContaining('sslrootcert'),
  });
});

it('shows its certificate to a server that wants one', async () => {
  const strict = await startTlsFront(url, true);
  const options = { port: strict.port, sslmode: 'require' } as const;
  const own = { sslcert: tlsFile('client.pem'), sslkey: tlsFile('client.key') };
  expect(await answerOf({ ...options, ...own })).toBe(1);
  expect(new Set(strict.clients)).toEqual(new Set(['reader']));
  expect(await answerOf(options)).toMatchObject({
    code: 'warehouse/connection',
    message: expect.stringMatching(/^the encryption could not be set up: .*certificate required$/),
    hint: expect.stringContaining('sslcert'),
  });
  strict.close();
});

it.each([
  [{ sslcert: tlsFile('client.pem') }, /given together/],
  [{ sslcert: tlsFile('client.pem'), sslkey: '/no/such.key' }, /option sslkey: cannot read \/no\/such.key/],
  [{ sslcert: tlsFile('client.pem'), sslkey: tlsFile('server.key') }, /no certificate with its key/],
  [{ sslcert: tlsFile('client.pem'), sslkey: authority }, /no certificate with its key/],
])('explains a certificate of its own that it cannot use: %j', async (own, message) => {
  expect(await answerOf({ sslmode: 'require', ...own })).toMatchObject({
    code: 'config/invalid',
    message: expect.stringMatching(message),
  });
});

it('finds certificates from the folder of the file that names them', async () => {
  const options = { host: 'localhost', port: front.port, ...account };
  const warehouse = adapter.create(
    { ...options, sslmode: 'verify-full', sslrootcert: 'authority.pem', sslcert: 'client.pem', sslkey: 'client.key' },
    { baseDirectory: tlsFile('.'), env: {}, files: [] },
  );
  expect(await warehouse.executeScalar('SELECT 1')).toBe(1);
  await warehouse.close?.();
});
