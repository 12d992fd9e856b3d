import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A door to a server that counts what passes. */
export interface Wire {
  /** The server's URL with the door's port. */
  readonly url: string;
  /** Bytes that the server sent since the last reset, and those that it was sent. */
  readonly counts: { received: number; sent: number };
  close(): Promise<void>;
}

/** Passes every byte on to the server behind `url`, and counts both directions. */
export const openWire = async (url: string): Promise<Wire> => {
  const server = new URL(url);
  const counts = { received: 0, sent: 0 };
  const open = new Set<Socket>();
  const door = createServer((client) => {
    const upstream = connectTo(server);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => client.destroy()).on('close', () => open.delete(socket));
    }
    client.on('data', (chunk) => {
      counts.sent += chunk.length;
    });
    upstream.on('data', (chunk) => {
      counts.received += chunk.length;
    });
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) }).href,
    counts,
    close: async () => {
      for (const socket of open) socket.destroy();
      door.close();
      await once(door, 'close');
    },
  };
};

const connectTo = ({ hostname, port }: URL): Socket => connect(Number(port) || 5432, hostname);
