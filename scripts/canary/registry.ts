import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PackedPackage } from '../packages/pack.js';

/** A registry on loopback that knows the packed packages and nothing else. */
export interface PackedRegistry {
  /** `http://127.0.0.1:<port>`, to be set as the registry of the `@aegis` scope. */
  readonly url: string;
  close(): Promise<void>;
}

/** Long enough ago for every client that waits before it trusts a release. */
const publishedAt = '2020-01-01T00:00:00.000Z';

/** Serves the tarballs as the npm registry would, so that clients install them in their ordinary way. */
export const serveRegistry = async (packages: readonly PackedPackage[]): Promise<PackedRegistry> => {
  const byName = new Map(packages.map((packed) => [packed.name, packed]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const packed = byName.get(path.replace(/\/-\/.*$/, ''));
    if (!packed) return end(response, 404, 'application/json', '{}');
    if (!path.endsWith('.tgz'))
      return end(response, 200, 'application/json', JSON.stringify(packument(packed, urlOf(server))));
    return readFile(packed.tarball).then(
      (tarball) => end(response, 200, 'application/octet-stream', tarball),
      () => end(response, 500, 'application/json', '{}'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const end = (response: ServerResponse, status: number, type: string, body: string | Buffer) => {
  response.writeHead(status, { 'content-type': type }).end(body);
};

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const packument = ({ name, version, integrity, manifest }: PackedPackage, url: string) => ({
  name,
  'dist-tags': { latest: version },
  time: { created: publishedAt, modified: publishedAt, [version]: publishedAt },
  versions: { [version]: { ...manifest, dist: { tarball: `${url}/${name}/-/${version}.tgz`, integrity } } },
});
