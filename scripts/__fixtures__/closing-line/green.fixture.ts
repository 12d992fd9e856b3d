import { expect, it } from 'vitest';

it('passes', () => expect('a'.toUpperCase()).toBe('A'));
it('skips with a note', (context) => context.skip('needs PostgreSQL'));
