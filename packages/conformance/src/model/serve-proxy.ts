import { createServer, request as forward } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy on the loopback interface. */
export interface ModelProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Hosts that it was asked for, with the credentials that came along, oldest first. */
  readonly asked: readonly { readonly host: string; readonly authorization: string | undefined }[];
  close(): void;
}

/** Opens a proxy for tunnels and for plain requests, to see what an adapter sends through it. */
export const serveProxy = async (): Promise<ModelProxy> => {
  const asked: { readonly host: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((incoming, response) => {
    const { host, pathname } = new URL(incoming.url ?? '');
    asked.push({ host, authorization: incoming.headers['proxy-authorization'] });
    const { method, headers } = incoming;
    const target = forward({ host: host.split(':')[0], port: host.split(':')[1], path: pathname, method, headers });
    target.on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)));
    incoming.pipe(target);
  });
  server.on('connect', ({ url: host = '', headers }, client) => {
    asked.push({ host, authorization: headers['proxy-authorization'] });
    const target = connect(Number(host.split(':')[1]), host.split(':')[0], () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
