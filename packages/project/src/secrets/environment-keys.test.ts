import { expect, it } from 'vitest';
import { rememberEnvironmentKeys } from './environment-keys.js';
import { SecretRegistry } from './secret-registry.js';

it.each([
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'AEGIS_AI_API_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_BEARER_TOKEN_BEDROCK',
])('scrubs %s', (name) => {
  const secrets = new SecretRegistry();
  rememberEnvironmentKeys({ env: { [name]: 'sk-hidden-1' }, secrets });
  expect(secrets.scrub('refused sk-hidden-1')).toBe('refused ***');
});

it.each(['PWD', 'HOME', 'AWS_REGION', 'PUBLIC_KEY_ID'])('leaves %s as it is', (name) => {
  const secrets = new SecretRegistry();
  rememberEnvironmentKeys({ env: { [name]: '/home/ann' }, secrets });
  expect(secrets.scrub('in /home/ann')).toBe('in /home/ann');
});
