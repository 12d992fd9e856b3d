import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

/** Certificates for tests only: an authority, a server named localhost and a client of it, and a stranger. */
export const tlsFile = (name: string): string => join(import.meta.dirname, 'tls', name);

export interface TlsFront {
  readonly url: string;
  /** Names in the certificates that clients showed, in order; `undefined` for one without. */
  readonly clients: readonly (string | undefined)[];
  close(): void;
}

/** Encrypts in front of a server, as a load balancer does, and passes all on. */
export const startTlsFront = async (serverUrl: string, requireClient = false): Promise<TlsFront> => {
  const clients: (string | undefined)[] = [];
  const { hostname, port } = new URL(serverUrl);
  const certificates = { cert: tlsFile('server.pem'), key: tlsFile('server.key'), ca: tlsFile('authority.pem') };
  const files = Object.fromEntries(Object.entries(certificates).map(([name, path]) => [name, readFileSync(path)]));
  const front = createServer({ ...files, requestCert: true, rejectUnauthorized: requireClient }, (secure) => {
    const { CN: name } = secure.getPeerCertificate().subject ?? {};
    clients.push(typeof name === 'string' ? name : undefined);
    const server = connect(Number(port), hostname);
    server.on('error', () => secure.destroy());
    secure.on('error', () => server.destroy());
    secure.pipe(server).pipe(secure);
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `https://localhost:${address.port}`, clients, close: () => front.close() };
};
