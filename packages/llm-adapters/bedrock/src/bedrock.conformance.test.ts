import { type ModelKit, type ModelServer, modelConformance } from '@aegis/conformance/model';
import { afterAll, beforeAll, vi } from 'vitest';
import { bedrockServer, testKeys, testRegion } from './__fixtures__/bedrock-server.js';
import { adapter, bedrock } from './index.js';

/** The keys of the tests, as the environment would have them. */
const env = {
  AWS_ACCESS_KEY_ID: testKeys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testKeys.secretAccessKey,
  AWS_SESSION_TOKEN: testKeys.sessionToken,
  AWS_REGION: testRegion,
};

const isReal = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_BEARER_TOKEN_BEDROCK'].some((name) => process.env[name]);

const kitFor = (name: string, model: string): ModelKit => ({
  name,
  serve: () => bedrockServer(),
  create: ({ url: baseURL }, options) => adapter.create(model, { baseURL, ...options }, { env }),
  credentials: {
    secret: testKeys.sessionToken ?? '',
    names: ['AWS_ACCESS_KEY_ID', 'profile'],
    createWithout: ({ url: baseURL }: ModelServer) =>
      adapter.create(model, { baseURL, region: testRegion, profile: 'nobody-has-this-profile' }, { env: {} }),
  },
  real: () => ({
    model: isReal ? bedrock({ model, region: process.env.AWS_REGION ?? 'us-east-1' }) : undefined,
    missing: 'AWS_ACCESS_KEY_ID, AWS_PROFILE or AWS_BEARER_TOKEN_BEDROCK',
  }),
});

const noReasoning = { reasoningUsage: 'Converse counts thinking as output alone' };

// The AWS chain would ask the metadata service of the machine in the end.
beforeAll(() => {
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

modelConformance({
  ...kitFor('bedrock', adapter.defaultModel),
  lacks: { ...noReasoning, malformedAnswers: 'arguments of a tool are JSON' },
});

modelConformance({
  ...kitFor('bedrock, answering by the output format', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'),
  lacks: noReasoning,
});
