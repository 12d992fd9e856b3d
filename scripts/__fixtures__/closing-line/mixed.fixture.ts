import { beforeAll, describe, expect, it } from 'vitest';

it('passes', () => expect(1 + 1).toBe(2));
it('fails', () => expect(1 + 1).toBe(3));
it('skips with a note', (context) => context.skip('needs PostgreSQL'));
it.skipIf(true)('skips by name (needs cloud credentials)', () => expect(true).toBe(true));
it.skipIf(true)('skips in silence', () => expect(true).toBe(true));

describe('a suite whose hook throws', () => {
  beforeAll(() => {
    throw new Error('no server');
  });
  it('never starts', () => expect(1).toBe(1));
});
