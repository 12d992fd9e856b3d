import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '@aegis/conformance/model';

export interface TestKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

const clockSkewMs = 300_000;

/**
 * What is wrong with the Signature Version 4 of a request, computed anew from its documentation; `undefined` when nothing is.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const signatureProblem = (request: WireRequest, keys: TestKeys, region: string): string | undefined => {
  const { authorization = '', 'x-amz-date': date, 'x-amz-security-token': token } = request.headers;
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  if (match === null || typeof date !== 'string') return 'no Signature Version 4';
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const scope = `${date.slice(0, 8)}/${region}/bedrock/aws4_request`;
  if (credential !== `${keys.accessKeyId}/${scope}`) return `another credential: ${credential}`;
  if (token !== keys.sessionToken) return 'another session token';
  if (Math.abs(Date.now() - timeOf(date)) > clockSkewMs) return 'signed at another time';
  const missing = ['host', 'x-amz-date', ...(token === undefined ? [] : ['x-amz-security-token'])].find(
    (name) => !signedHeaders.split(';').includes(name),
  );
  if (missing !== undefined) return `${missing} is not signed`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonicalRequest(request, signedHeaders))].join('\n');
  const expected = hmac(signingKey(keys.secretAccessKey, scope), text).toString('hex');
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? undefined : 'a wrong signature';
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const signingKey = (secret: string, scope: string): Buffer =>
  scope.split('/').reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secret}`) as Buffer;

/** Of every service but S3 the path, as it was sent, is encoded once more. */
const canonicalRequest = ({ method, path, headers, body }: WireRequest, signedHeaders: string): string => {
  const [plainPath = '', query = ''] = path.split('?');
  const lines = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`);
  const canonicalPath = plainPath.split('/').map(encodeURIComponent).join('/');
  return [method, canonicalPath, query, lines.join(''), signedHeaders, sha256(body)].join('\n');
};

/** `20261128T101500Z` */
const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
