import type { WarehouseError } from '@aegis/spec';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTlsFront, type TlsFront, tlsFile } from './__fixtures__/tls-front.js';
import { adapter, type TrinoOptions, trino } from './index.js';

let emulator: TrinoEmulator;
let front: TlsFront;

beforeEach(async () => {
  emulator = await TrinoEmulator.open({ passwords: { anna: 'right' } });
  front = await startTlsFront(emulator.url);
});
afterEach(async () => {
  front.close();
  await emulator.close();
});

const answerOf = async (options: TrinoOptions): Promise<unknown> => {
  const warehouse = trino({ server: front.url, user: 'anna', password: 'right', ...options });
  try {
    return await warehouse.executeScalar('SELECT 1').catch((error: WarehouseError) => error);
  } finally {
    await warehouse.close?.();
  }
};

const certificateAuthority = tlsFile('authority.pem');

describe('over TLS', () => {
  it('a server is trusted by the authority that the options name', async () => {
    expect(await answerOf({ certificateAuthority })).toBe(1);
  });

  it('a server that no authority vouches for is told, with what to do', async () => {
    expect(await answerOf({})).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('certificateAuthority'),
    });
    expect(emulator.requests).toEqual([]);
  });

  it('a server of another name is told', async () => {
    const server = front.url.replace('localhost', '127.0.0.1');
    const error = await answerOf({ server, certificateAuthority });
    expect(error).toMatchObject({ code: 'warehouse/connection', hint: expect.stringContaining('another name') });
  });

  it('the certificate of the client is shown', async () => {
    const client = { clientCertificate: tlsFile('client.pem'), clientKey: tlsFile('client.key') };
    expect(await answerOf({ certificateAuthority, ...client })).toBe(1);
    expect(new Set(front.clients).size).toBe(1);
    expect(front.clients[0]).not.toBeUndefined();
  });

  it('a server that wants a certificate gets one, or says no', async () => {
    const strict = await startTlsFront(emulator.url, true);
    const client = { clientCertificate: tlsFile('client.pem'), clientKey: tlsFile('client.key') };
    const trusted = { server: strict.url, certificateAuthority };
    expect(await answerOf({ ...trusted, ...client })).toBe(1);
    expect(await answerOf(trusted)).toMatchObject({ code: 'warehouse/connection' });
    strict.close();
  });

  it('files start from the folder of aegis.yaml', async () => {
    const context = { baseDirectory: tlsFile('.'), env: {}, files: [] };
    const options = { server: front.url, user: 'anna', password: 'right', certificateAuthority: 'authority.pem' };
    const warehouse = adapter.create(options, context);
    expect(await warehouse.executeScalar('SELECT 1')).toBe(1);
    await warehouse.close?.();
  });

  it('a file that is not there is named', async () => {
    const error = await answerOf({ certificateAuthority: '/nowhere/authority.pem' });
    expect(error).toMatchObject({
      code: 'config/not-found',
      message: expect.stringContaining('/nowhere/authority.pem'),
    });
  });
});
