import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { TestKeys } from './signature-check.js';

/**
 * Gives keys to whoever asks for a role, and writes down who asked for which.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const stsServer = async (keys: TestKeys) => {
  const asked: {
    readonly role: string | null;
    readonly session: string | null;
    readonly credential: string | undefined;
  }[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const params = new URLSearchParams(body);
    const [, credential] = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
    asked.push({ role: params.get('RoleArn'), session: params.get('RoleSessionName'), credential });
    response.writeHead(200, { 'content-type': 'text/xml' }).end(assumeRoleResponse(keys));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

const assumeRoleResponse = ({ accessKeyId, secretAccessKey, sessionToken }: TestKeys): string => `
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/reader/aegis</Arn><AssumedRoleId>AROA:aegis</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId>
      <SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>${sessionToken}</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
</AssumeRoleResponse>`;
