import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { certificateCodes, networkCodes } from './network-codes.js';

const unreachable = { reason: 'connection', hint: 'Check host and port.' } as const;
const broken = { reason: 'connection' } as const;
const codes = networkCodes(unreachable, broken);

/** A server on loopback that hangs up on every request, and where it listens. */
const rudeServer = async () => {
  const server = createServer((request) => request.socket.resetAndDestroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const codeOf = async (url: string): Promise<string> => {
  const error = await fetch(url).catch((cause: unknown) => cause);
  return String(((error as Error).cause as { readonly code?: unknown }).code);
};

it('tells a host that nobody can reach from a connection that broke, as Node names them', async () => {
  const { server, url } = await rudeServer();
  expect(codes[await codeOf(url)]).toBe(broken);
  await new Promise((resolve) => server.close(resolve));
  expect(codes[await codeOf(url)]).toBe(unreachable);
});

it('knows every name of a certificate that is not trusted, and none of them as a matter of the network', () => {
  const untrusted = { reason: 'connection', hint: 'Name the authority.' } as const;
  const names = Object.keys(certificateCodes(untrusted));
  expect(names).toContain('SELF_SIGNED_CERT_IN_CHAIN');
  expect(names.filter((name) => codes[name])).toEqual([]);
});
