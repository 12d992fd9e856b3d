import { expect, it } from 'vitest';
import { SecretRegistry } from './secret-registry.js';

it('scrubs the longest secret first, so that no rest of it stays', () => {
  const secrets = new SecretRegistry();
  secrets.add('hunter2');
  secrets.add('hunter2-prod');
  expect(secrets.scrub('hunter2-prod and hunter2')).toBe('*** and ***');
});

it('leaves text alone when a secret is too short to be told from ordinary words', () => {
  const secrets = new SecretRegistry();
  secrets.add('a');
  expect(secrets.scrub('a table')).toBe('a table');
});
