import { randomUUID } from 'node:crypto';
import type { Reply, Request } from '../engine/loopback-server.js';
import { ApiError } from './api-error.js';

/** What requests are signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials alone. */
  readonly sessionToken?: string;
}

const clockSkewMs = 300_000;
const signature =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/(athena|glue|sts)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=[\da-f]{64}$/;

/**
 * Gives credentials as STS does, and knows which of them are still good. Signatures have to be there, complete and of
 * this hour; they are not computed again.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export class TokenService {
  /** How long credentials of a role are good, in seconds. */
  lifetimeSeconds = 3_600;
  /** Roles that were assumed, oldest first. */
  readonly assumed: string[] = [];
  /** Roles that nobody may assume. */
  readonly forbidden = new Set<string>();
  readonly #lasting: Credentials = { accessKeyId: 'AKIAEMULATED', secretAccessKey: `secret-${randomUUID()}` };
  /** Session tokens by their access keys; those that are over have none. */
  readonly #sessions = new Map<string, string | undefined>();

  /** A user's own, which do not expire. */
  get lasting(): Credentials {
    return this.#lasting;
  }

  /** Temporary ones, as a sign-in gives them. */
  temporary(): Required<Credentials> {
    const credentials = {
      accessKeyId: `ASIA${randomUUID().slice(0, 8).toUpperCase()}`,
      secretAccessKey: `secret-${randomUUID()}`,
      sessionToken: `session-${randomUUID()}`,
    };
    this.#sessions.set(credentials.accessKeyId, credentials.sessionToken);
    return credentials;
  }

  expireAll(): void {
    for (const accessKeyId of this.#sessions.keys()) this.#sessions.set(accessKeyId, undefined);
  }

  /** @throws ApiError for a request that is not signed, or with credentials that are not good */
  check({ headers }: Request): void {
    const [, accessKeyId, day, , , signedHeaders = ''] = signature.exec(headers.authorization ?? '') ?? [];
    const date = String(headers['x-amz-date'] ?? '');
    if (accessKeyId === undefined || !date.startsWith(String(day)))
      throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token', {}, 403);
    if (Math.abs(Date.now() - timeOf(date)) > clockSkewMs)
      throw new ApiError(
        'InvalidSignatureException',
        `Signature expired: ${date} is now earlier than allowed`,
        {},
        403,
      );
    const token = headers['x-amz-security-token'];
    if (token !== undefined && !signedHeaders.split(';').includes('x-amz-security-token'))
      throw new ApiError('InvalidSignatureException', 'x-amz-security-token is not signed', {}, 403);
    this.#checkKey(accessKeyId, token?.toString());
  }

  #checkKey(accessKeyId: string, token: string | undefined): void {
    if (accessKeyId === this.#lasting.accessKeyId && token === undefined) return;
    if (!this.#sessions.has(accessKeyId))
      throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    const good = this.#sessions.get(accessKeyId);
    if (good === undefined)
      throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
    if (good !== token)
      throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }

  /** `AssumeRole`, which speaks XML. */
  assume(body: URLSearchParams): Reply {
    const role = body.get('RoleArn') ?? '';
    if (this.forbidden.has(role))
      throw new ApiError(
        'AccessDenied',
        `User is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        {},
        403,
      );
    this.assumed.push(role);
    const { accessKeyId, secretAccessKey, sessionToken } = this.temporary();
    const expiration = new Date(Date.now() + this.lifetimeSeconds * 1_000).toISOString();
    return xml(
      '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>' +
        `<AssumedRoleUser><Arn>${role}/aegis</Arn><AssumedRoleId>AROA:aegis</AssumedRoleId></AssumedRoleUser>` +
        `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
        `<SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>` +
        '</AssumeRoleResult></AssumeRoleResponse>',
    );
  }

  /** An error in the form of STS. */
  refusal({ type, message, status }: ApiError): Reply {
    const code = type.replace(/Exception$/, '');
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    return xml(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}</ErrorResponse>`, status);
  }
}

const xml = (body: string, status = 200): Reply => ({ status, headers: { 'content-type': 'text/xml' }, body });

/** `20261128T101500Z` */
const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
