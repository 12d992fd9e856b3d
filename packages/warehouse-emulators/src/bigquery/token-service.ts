import { randomUUID } from 'node:crypto';
import type { Reply, Request } from '../engine/loopback-server.js';

const paths = { subject: '/subject-token', exchange: '/v1/token' } as const;
const impersonation = /^\/v1\/projects\/-\/serviceAccounts\/([^/]+):generateAccessToken$/;

/**
 * Gives access tokens as Google's Security Token Service and IAM do, and knows which of them are still good.
 * @see https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 */
export class TokenService {
  /** How long a new token is good, in seconds; the client asks again some minutes before. */
  lifetimeSeconds = 3_600;
  /** How many were given. */
  given = 0;
  readonly #valid = new Map<string, string>();
  readonly #subject = `subject-${randomUUID()}`;

  /** Credentials of workload identity federation, as a key file holds them. */
  credentials(url: string): object {
    return {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/emulator/providers/emulator',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: url + paths.exchange,
      credential_source: { url: url + paths.subject },
    };
  }

  /** Forgets every token that was given, as if their time were over. */
  expireAll(): void {
    this.#valid.clear();
  }

  /** Who a request is from; `undefined` without a token that is good. */
  callerOf({ headers }: Request): string | undefined {
    return this.#valid.get((headers.authorization ?? '').replace(/^Bearer /, ''));
  }

  /** The answer to a request about tokens; `undefined` for any other request. */
  answer(request: Request): Reply | undefined {
    if (request.path === paths.subject) return { body: this.#subject };
    if (request.path === paths.exchange) return this.#exchange(request);
    const [, account] = impersonation.exec(request.path) ?? [];
    return account === undefined ? undefined : this.#impersonate(request, account);
  }

  #exchange({ body }: Request): Reply {
    if (new URLSearchParams(body).get('subject_token') !== this.#subject)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'The subject token is not valid.' } };
    const token = this.#give('federated');
    return {
      body: {
        access_token: token,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        token_type: 'Bearer',
        expires_in: this.lifetimeSeconds,
      },
    };
  }

  #impersonate(request: Request, account: string): Reply {
    if (this.callerOf(request) === undefined)
      return {
        status: 401,
        body: { error: { code: 401, message: 'Request had invalid authentication credentials.' } },
      };
    const expireTime = new Date(Date.now() + this.lifetimeSeconds * 1_000).toISOString();
    return { body: { accessToken: this.#give(account), expireTime } };
  }

  #give(account: string): string {
    const token = `emulated-${randomUUID()}`;
    this.#valid.set(token, account);
    this.given += 1;
    return token;
  }
}
