import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Warehouse } from '@aegis/spec';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { adapter } from './index.js';

let emulator: AthenaEmulator;
beforeAll(async () => {
  emulator = await AthenaEmulator.open();
});
afterAll(() => emulator.close());

/** A folder in place of `~/.aws`. */
const awsFolder = async (files: { readonly config?: string; readonly credentials?: string }) => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-athena-'));
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

type Environment = { readonly [name: string]: string | undefined };

const open = (options: object = {}, env: Environment = {}): Warehouse => {
  const { url: endpoint } = emulator;
  const endpoints = { athenaEndpoint: endpoint, glueEndpoint: endpoint, stsEndpoint: endpoint };
  const warehouse = adapter.create({ ...endpoints, pollMs: 5, ...options }, { baseDirectory: '.', env, files: [] });
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);
const region = 'us-east-1';

const environmentOf = (keys: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  sessionToken?: string;
}) => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: keys.sessionToken,
});

describe('credentials', () => {
  it('of the environment sign each request', async () => {
    expect(await open({}, environmentOf(emulator.credentials)).executeScalar('SELECT 1')).toBe(1);
    expect(await open({}, environmentOf(emulator.temporaryCredentials())).executeScalar('SELECT 1')).toBe(1);
  });

  it('of a profile come before those of the environment, and bring its region', async () => {
    const { accessKeyId, secretAccessKey } = emulator.credentials;
    await awsFolder({
      config: '[profile quality]\nregion = ap-south-1\n',
      credentials: `[quality]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    });
    const env = { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'another-secret' };
    expect(await open({ profile: 'quality' }, env).executeScalar('SELECT 1')).toBe(1);
  });

  it('that are nowhere are told before anything is asked', async () => {
    const before = emulator.requests.length;
    expect(await failureOf(open({ region }).connect())).toMatchObject({
      code: 'warehouse/authentication',
      hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
    expect(emulator.requests).toHaveLength(before);
  });

  it('that nobody knows are refused', async () => {
    const env = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'another-secret' };
    expect(await failureOf(open({}, env).connect())).toMatchObject({ code: 'warehouse/authentication' });
  });

  it('that expired are told as such, with what to do', async () => {
    const warehouse = open({}, environmentOf(emulator.temporaryCredentials()));
    await warehouse.connect();
    emulator.expireTokens();
    expect(await failureOf(warehouse.executeScalar('SELECT 1'))).toMatchObject({
      code: 'warehouse/authentication',
      hint: expect.stringContaining('aws sso login'),
    });
  });

  it('of a role are asked for, and asked for again when they expired in the middle of a run', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/quality';
    const before = emulator.assumedRoles.length;
    const warehouse = open({ roleArn }, environmentOf(emulator.credentials));
    expect(await warehouse.executeScalar('SELECT 1')).toBe(1);
    emulator.expireTokens();
    expect(await warehouse.executeScalar('SELECT 2')).toBe(2);
    expect(emulator.assumedRoles.slice(before)).toEqual([roleArn, roleArn]);
  });

  it('that may not assume the role say so', async () => {
    const roleArn = 'arn:aws:iam::123456789012:role/closed';
    emulator.forbidRole(roleArn);
    const warehouse = open({ roleArn }, environmentOf(emulator.credentials));
    expect(await failureOf(warehouse.connect())).toMatchObject({
      code: 'warehouse/authorization',
      hint: expect.stringContaining('roleArn'),
    });
  });
});

describe('the region', () => {
  it('that is nowhere is a mistake of the configuration', async () => {
    expect(await failureOf(open().connect())).toMatchObject({
      code: 'config/invalid',
      hint: expect.stringContaining('AWS_REGION'),
    });
  });
});
