import type { Reply, Request } from '../engine/loopback-server.js';

/** Who may ask: nobody has to say who they are unless passwords or tokens are given. */
export interface Credentials {
  readonly passwords?: { readonly [user: string]: string } | undefined;
  readonly tokens?: readonly string[] | undefined;
}

/** Checks passwords and tokens. */
export class Gate {
  readonly #credentials: Credentials;
  #areTokensExpired = false;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  expireTokens(): void {
    this.#areTokensExpired = true;
  }

  /** The answer to who may not ask. */
  refusal(request: Request): Reply | undefined {
    const { passwords, tokens } = this.#credentials;
    if (passwords === undefined && tokens === undefined) return undefined;
    const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme === 'Bearer' && !this.#areTokensExpired && tokens?.includes(value)) return undefined;
    if (scheme === 'Basic' && this.#isRight(Buffer.from(value, 'base64').toString('utf8'))) return undefined;
    return {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Trino"' },
      body: scheme === '' ? 'Unauthorized' : 'Access Denied: Invalid credentials',
    };
  }

  #isRight(pair: string): boolean {
    const at = pair.indexOf(':');
    return this.#credentials.passwords?.[pair.slice(0, at)] === pair.slice(at + 1);
  }
}
