import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanguageModel, ModelRequest } from '@aegis/spec';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type BedrockServerTraits, bedrockServer, testKeys, testRegion } from './__fixtures__/bedrock-server.js';
import { stsServer } from './__fixtures__/sts-server.js';
import { adapter } from './index.js';

const question: ModelRequest = { messages: [{ role: 'user', content: 'How many orders have no customer?' }] };
const region = testRegion;
const env = {
  AWS_ACCESS_KEY_ID: testKeys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testKeys.secretAccessKey,
  AWS_SESSION_TOKEN: testKeys.sessionToken,
};

type Environment = { readonly [name: string]: string | undefined };

const serverWith = async (traits: BedrockServerTraits = {}) => {
  const server = await bedrockServer(traits);
  onTestFinished(() => server.close());
  server.play({ kind: 'answer', text: 'ok' });
  const model = (options: object, environment: Environment = {}): LanguageModel =>
    adapter.create(adapter.defaultModel, { baseURL: server.url, ...options }, { env: environment });
  return { server, model };
};

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

/** A folder in place of `~/.aws`. */
const awsFolder = async (files: { readonly config?: string; readonly credentials?: string }) => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-bedrock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'config'), files.config ?? '');
  await writeFile(join(folder, 'credentials'), files.credentials ?? '');
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
};

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  return awsFolder({});
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('credentials', () => {
  it('of the environment sign each request', async () => {
    const { server, model } = await serverWith();
    await expect(model({ region }, env).generate(question)).resolves.toMatchObject({ text: 'ok' });
    expect(server.requests[0]?.credentialProblem).toBeUndefined();
  });

  it.each<[string, Environment, RegExp]>([
    ['secret key', { ...env, AWS_SECRET_ACCESS_KEY: 'another-secret-key' }, /a wrong signature/],
    ['session token', { ...env, AWS_SESSION_TOKEN: 'another-token' }, /another session token/],
    ['access key', { ...env, AWS_ACCESS_KEY_ID: 'AKIDANOTHER' }, /another credential/],
  ])('with another %s are refused', async (_, environment, problem) => {
    const { model } = await serverWith();
    expect(await failureOf(model({ region }, environment).generate(question))).toMatchObject({
      code: 'model/authentication',
      message: expect.stringMatching(problem),
      hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
  });

  it('for another region are refused', async () => {
    const { model } = await serverWith({ region: 'us-east-1' });
    expect(await failureOf(model({ region }, env).generate(question))).toMatchObject({ code: 'model/authentication' });
  });

  it('of a profile come before those of the environment, and bring its region', async () => {
    await awsFolder({
      config: '[profile quality]\nregion = ap-south-1\n',
      credentials: '[quality]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = profile-secret-key\n',
    });
    const keys = { accessKeyId: 'AKIDPROFILE', secretAccessKey: 'profile-secret-key' };
    const { model } = await serverWith({ keys, region: 'ap-south-1' });
    await expect(model({ profile: 'quality' }, env).generate(question)).resolves.toMatchObject({ text: 'ok' });
  });

  it('of the profile that the environment names are found, too', async () => {
    await awsFolder({
      credentials: '[quality]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = profile-secret-key\n',
    });
    const { model } = await serverWith({ keys: { accessKeyId: 'AKIDPROFILE', secretAccessKey: 'profile-secret-key' } });
    const answer = model({ region }, { ...env, AWS_PROFILE: 'quality' }).generate(question);
    await expect(answer).resolves.toMatchObject({ text: 'ok' });
  });

  it('of a role are asked for once, with the credentials found', async () => {
    const roleKeys = { accessKeyId: 'ASIAROLE', secretAccessKey: 'role-secret-key', sessionToken: 'role-token' };
    const sts = await stsServer(roleKeys);
    vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
    const { server, model } = await serverWith({ keys: roleKeys });
    server.play({ kind: 'answer', text: 'again' });
    const roleArn = 'arn:aws:iam::123456789012:role/reader';
    const one = model({ region, roleArn }, env);
    await expect(one.generate(question)).resolves.toMatchObject({ text: 'ok' });
    await expect(one.generate(question)).resolves.toMatchObject({ text: 'again' });
    expect(sts.asked).toEqual([{ role: roleArn, session: 'aegis', credential: testKeys.accessKeyId }]);
  });

  it('that nobody has are missed at the first call, which says what to set', async () => {
    const { server, model } = await serverWith();
    expect(await failureOf(model({ region }).generate(question))).toMatchObject({
      code: 'model/authentication',
      hint: expect.stringMatching(/AWS_ACCESS_KEY_ID.*profile/),
    });
    expect(server.requests).toHaveLength(0);
  });

  it('may be an API key, of the options or the environment', async () => {
    const apiKey = 'bedrock-api-key-0123456789';
    const { server, model } = await serverWith({ apiKey });
    server.play({ kind: 'answer', text: 'ok' });
    await expect(model({ region, apiKey }).generate(question)).resolves.toMatchObject({ text: 'ok' });
    const environment = { ...env, AWS_BEARER_TOKEN_BEDROCK: apiKey };
    await expect(model({ region }, environment).generate(question)).resolves.toMatchObject({ text: 'ok' });
  });

  it('that the options name come before an API key of the environment', async () => {
    await awsFolder({
      credentials: `[quality]\naws_access_key_id = ${testKeys.accessKeyId}\naws_secret_access_key = ${testKeys.secretAccessKey}\naws_session_token = ${testKeys.sessionToken}\n`,
    });
    const { model } = await serverWith();
    const environment = { AWS_BEARER_TOKEN_BEDROCK: 'another-key' };
    const answer = model({ region, profile: 'quality' }, environment).generate(question);
    await expect(answer).resolves.toMatchObject({ text: 'ok' });
  });

  it('with a line break in the API key are refused before it could be shown', async () => {
    const { model } = await serverWith();
    expect(await failureOf(model({ region, apiKey: 'first\nsecond' }).generate(question))).toMatchObject({
      code: 'model/authentication',
      message: 'the API key for bedrock holds characters that no key has',
    });
  });
});

describe('the region', () => {
  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('may be that of %s', async (name) => {
    const { model } = await serverWith({ region: 'us-west-2' });
    const answer = model({}, { ...env, [name]: 'us-west-2' }).generate(question);
    await expect(answer).resolves.toMatchObject({ text: 'ok' });
  });

  it('that nobody says is an error of the configuration that says what to set', async () => {
    const { model } = await serverWith();
    expect(await failureOf(model({}, env).generate(question))).toMatchObject({
      code: 'config/invalid',
      hint: 'Set the variable AWS_REGION, or the option region.',
    });
  });
});
