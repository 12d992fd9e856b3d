import { isAegisError } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { type PostgresOptions, postgres } from './index.js';
import { classify, warehouseError } from './postgres-errors.js';

const errorOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(() => undefined).catch((cause: unknown) => cause);
  if (!isAegisError(error)) throw new Error(`not an error of ours: ${error}`);
  return error;
};

const url = await newDatabase();
const role = `reader_${new URL(url).pathname.slice(1)}`;
const secret = 'hunter2-very-secret';
const warehouse = postgres({ url });
beforeAll(() =>
  seedDatabase(
    url,
    'CREATE TABLE orders (id int, name text)',
    "INSERT INTO orders VALUES (1, 'x')",
    'CREATE SCHEMA hidden',
    'CREATE TABLE hidden.t (a int)',
    `CREATE ROLE ${role} LOGIN PASSWORD '${secret}'`,
  ),
);
afterAll(async () => {
  await warehouse.close?.();
  await seedDatabase(url, `DROP ROLE ${role}`);
});

describe('what the server says about a statement', () => {
  it.each<[string, string, RegExp]>([
    ['SELEC 1', 'warehouse/syntax', /SELEC/],
    ['SELECT 1 FRO m x', 'warehouse/syntax', /syntax error at or near "m"/],
    ['SELECT * FROM orderz', 'warehouse/not-found', /relation "orderz" does not exist/],
    ['SELECT * FROM nope.orders', 'warehouse/not-found', /"nope.orders" does not exist/],
    ['SELECT idd FROM orders', 'warehouse/not-found', /column "idd" does not exist/],
    ['SELECT no_such(1)', 'warehouse/syntax', /no_such/],
    ['SELECT sum(name) FROM orders', 'warehouse/syntax', /sum\(text\) does not exist/],
    ['SELECT name::int FROM orders', 'warehouse/syntax', /invalid input syntax for type integer: "x"/],
    ['SELECT 2147483647 + id FROM orders', 'warehouse/syntax', /out of range/],
    ['SELECT 1 / (id - id) FROM orders', 'warehouse/syntax', /division by zero/],
    ['WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone', 'warehouse/authorization', /read-only/],
    ['SELECT 1; SELECT 2', 'warehouse/syntax', /multiple commands/],
  ])('%s', async (sql, code, message) => {
    const error = await errorOf(warehouse.executeScalar(sql));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("keeps the server's suggestion as the hint", async () => {
    expect((await errorOf(warehouse.executeScalar('SELECT nam FROM orders'))).hint).toMatch(/"orders.name"/);
  });
});

describe('a connection that cannot be made', () => {
  const { hostname: host, port, pathname } = new URL(url);
  const base = {
    host,
    port: Number(port),
    database: pathname.slice(1),
    user: role,
    password: secret,
    sslmode: 'disable',
  };
  const open = async (changes: Partial<PostgresOptions>) => {
    const error = await errorOf(postgres({ ...base, sslmode: 'disable', ...changes }).connect());
    expect(`${error.display} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(secret);
    return error;
  };

  it('because the password or the role is wrong', async () => {
    expect(await open({ password: 'wrong' })).toMatchObject({ code: 'warehouse/authentication', retryable: false });
    expect(await open({ user: 'nobody_here' })).toMatchObject({ code: 'warehouse/authentication' });
  });

  it('because the database does not exist', async () => {
    const error = await open({ database: 'no_such_database' });
    expect(error).toMatchObject({ code: 'warehouse/not-found', hint: 'Check the option database.' });
    expect(error.message).toContain('no_such_database');
  });

  it('because nobody listens', async () => {
    expect(await open({ port: 1 })).toMatchObject({ code: 'warehouse/connection', retryable: true });
    expect(await open({ host: 'no-such-host.invalid' })).toMatchObject({ code: 'warehouse/connection' });
    expect(await open({ host: '/no/such/folder' })).toMatchObject({ code: 'warehouse/connection' });
  });

  it('because the server does not encrypt', async () => {
    const error = await open({ sslmode: 'require' });
    expect(error).toMatchObject({ code: 'warehouse/connection', hint: expect.stringContaining('sslmode: disable') });
  });

  it('but prefers to encrypt only where the server can', async () => {
    const plain = postgres({ ...base, sslmode: 'prefer' });
    expect(await plain.executeScalar('SELECT 1')).toBe(1);
    await plain.close?.();
  });

  it('because the certificates to trust cannot be read', async () => {
    const error = await open({ sslmode: 'verify-full', sslrootcert: '/no/such/ca.pem' });
    expect(error).toMatchObject({ code: 'config/invalid', message: expect.stringContaining('/no/such/ca.pem') });
  });

  it('and one that can, without the right to a table', async () => {
    const reader = postgres({ ...base, sslmode: 'disable' });
    expect(await errorOf(reader.executeScalar('SELECT a FROM hidden.t'))).toMatchObject({
      code: 'warehouse/authorization',
      message: 'permission denied for schema hidden',
    });
    expect(await errorOf(reader.executeScalar('SELECT id FROM orders'))).toMatchObject({
      code: 'warehouse/authorization',
    });
    await reader.close?.();
  });
});

describe('classify', () => {
  it.each([
    ['57P01', 'connection'],
    ['57014', 'cancelled'],
    ['08006', 'connection'],
    ['28P01', 'authentication'],
    ['42501', 'authorization'],
    ['42P01', 'not-found'],
    ['42601', 'syntax'],
    ['0A000', 'unsupported'],
    ['40001', 'throttled'],
    ['53300', 'throttled'],
    ['53200', 'unknown'],
    ['XX000', 'unknown'],
    ['ECONNREFUSED', 'connection'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'connection'],
    ['ERR_SOMETHING', 'unknown'],
  ])('%s', (code, reason) => {
    expect(classify(Object.assign(new Error('message'), { code })).reason).toBe(reason);
  });

  it.each([
    ['Connection terminated unexpectedly', 'connection'],
    ['timeout expired', 'connection'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'authentication'],
  ])('%s', (message, reason) => {
    expect(classify(new Error(message)).reason).toBe(reason);
  });
});

it('says why when every address of a host was tried', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
  const error = warehouseError(Object.assign(new AggregateError([refused], ''), { code: 'ECONNREFUSED' }));
  expect(error).toMatchObject({ code: 'warehouse/connection', message: 'connect ECONNREFUSED ::1:5432' });
});

it('keeps an error that is classified already', () => {
  const first = warehouseError(new Error('x'));
  expect(warehouseError(first)).toBe(first);
});
