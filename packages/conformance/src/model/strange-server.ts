import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelServer } from './model-kit.js';

export interface StrangeAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** A server that gives everybody the same answer, for as long as the work takes. */
export const strangeServer = async (
  { status, type, body }: StrangeAnswer,
  work: (server: ModelServer) => Promise<void>,
): Promise<void> => {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': type }).end(body));
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await work({ url, play: () => {}, requests: [], close }).finally(close);
};
