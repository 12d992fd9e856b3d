import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';

/** Certificates for tests only: an authority, a server named localhost and a client of it, and a stranger. */
export const tlsFile = (name: string): string => join(import.meta.dirname, 'tls', name);

export interface TlsFront {
  readonly port: number;
  /** Names in the certificates that clients showed, in order; `undefined` for one without. */
  readonly clients: readonly (string | undefined)[];
  close(): void;
}

/** Encrypts in front of a real server, as a connection pooler does: answers the request for TLS, then passes all on. */
export const startTlsFront = async (serverUrl: string, requireClient = false): Promise<TlsFront> => {
  const clients: (string | undefined)[] = [];
  const { hostname, port } = new URL(serverUrl);
  const accept = async (socket: Socket): Promise<void> => {
    socket.on('error', () => {});
    await once(socket, 'data');
    socket.write('S');
    const secure = new TLSSocket(socket, {
      isServer: true,
      cert: readFileSync(tlsFile('server.pem')),
      key: readFileSync(tlsFile('server.key')),
      ca: readFileSync(tlsFile('authority.pem')),
      requestCert: true,
      rejectUnauthorized: requireClient,
    });
    secure.on('error', () => {});
    secure.once('secure', () => {
      const { CN: name } = secure.getPeerCertificate().subject ?? {};
      clients.push(typeof name === 'string' ? name : undefined);
      const server = connect(Number(port), hostname);
      server.on('error', () => secure.destroy());
      secure.pipe(server).pipe(secure);
    });
  };
  const front = createServer((socket) => void accept(socket)).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, clients, close: () => front.close() };
};
