import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyServer {
  readonly url: string;
  /** Hosts that were asked for, with the credentials that came along. */
  readonly asked: readonly { readonly host: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** A proxy that passes on plain requests, unless it wants other credentials, and opens no tunnel. */
export const proxyServer = async (wanted?: string): Promise<ProxyServer> => {
  const asked: { host: string; authorization: string | undefined }[] = [];
  const isWelcome = (host: string, { headers }: IncomingMessage): boolean => {
    asked.push({ host, authorization: headers['proxy-authorization'] });
    return headers['proxy-authorization'] === wanted;
  };
  const server = createServer((request, response) => {
    if (isWelcome(new URL(request.url ?? '').host, request)) passOn(request, response);
    else response.writeHead(407).end();
  });
  server.on('connect', (request: IncomingMessage, socket) => {
    const status = isWelcome(request.url ?? '', request) ? '502 Bad Gateway' : '407 Proxy Authentication Required';
    socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const passOn = (request: IncomingMessage, response: ServerResponse): void => {
  const { method, headers, url = '' } = request;
  const target = forward(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(target);
};
