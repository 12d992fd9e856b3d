import { describe, expect, it } from 'vitest';
import { SecretRegistry } from '../secrets/secret-registry.js';
import { Redactor } from './redactor.js';

const redactor = (policy: Partial<{ maskColumns: string[]; keepColumns: string[] }> = {}) =>
  new Redactor({ maskColumns: [], keepColumns: [], ...policy }, new SecretRegistry());

describe('Redactor.text', () => {
  it.each([
    ['write to ann.o’neil+x@mail.example.ch today', /^write to .*<email:1> today$/],
    ['call +41 79 123 45 67 now', /^call <phone:1> now$/],
    ['call (555) 123-4567 now', /^call <phone:1> now$/],
    ['card 4111 1111 1111 1111.', /^card <card:1>\.$/],
    ['amex 378282246310005', /^amex <card:1>$/],
    ['iban CH93 0076 2011 6238 5295 7', /^iban <iban:1>$/],
    ['ssn 078-05-1120', /^ssn <ssn:1>$/],
    ['key AKIAIOSFODNN7EXAMPLE', /^key <token:1>$/],
    ['Authorization: Bearer abcdefghijklmnop123456', /^Authorization: Bearer <token:1>$/],
    ['postgres://me:hunter2@db/shop', /^postgres:\/\/me:<password:1>@db\/shop$/],
  ])('masks %s', (text, masked) => {
    expect(redactor().text(text)).toMatch(masked);
  });

  it.each([
    '2024-01-15 10:00:00',
    '2024-01-15T10:00:00.123456Z',
    '1234567890.55',
    '4111111111111112',
    '-3.14',
    'order-12345-67',
    'a@b',
    '123e4567-e89b-12d3-a456-426614174000',
  ])('keeps %s', (text) => {
    expect(redactor().text(text)).toBe(text);
  });

  it('gives equal values equal tokens and other values other ones', () => {
    const one = redactor();
    expect(one.text('a@x.ch b@x.ch a@x.ch')).toBe('<email:1> <email:2> <email:1>');
    expect(one.text('b@x.ch')).toBe('<email:2>');
  });

  it('stays quick on long text that nearly matches', () => {
    const long = `${'a'.repeat(200_000)} ${'1 '.repeat(50_000)}`;
    expect(redactor().text(long)).toBe(long);
  });
});

describe('Redactor.row', () => {
  it('masks columns by their name, whatever they hold, and keeps the rest', () => {
    const row = {
      id: 7,
      email: 'not-an-address',
      firstName: 'Ann',
      phone: 41791234567,
      password: null,
      amount: '12.50',
    };
    expect(redactor().row(row)).toEqual({
      id: 7,
      email: '<email:1>',
      firstName: '<name:1>',
      phone: '<phone:1>',
      password: null,
      amount: '12.50',
    });
  });

  it('leaves names that are not about people', () => {
    const row = { product_name: 'Lamp', table_name: 'orders', primary_key_count: 3, tokens_used: 12 };
    expect(redactor().row(row)).toEqual(row);
  });

  it('follows the policy of the project', () => {
    const one = redactor({ maskColumns: ['Notes'], keepColumns: ['NAME'] });
    expect(one.row({ notes: 'private', name: 'Lamp' })).toEqual({ notes: '<masked:1>', name: 'Lamp' });
    expect(one.row({ name: 'x@y.ch' })).toEqual({ name: '<email:1>' });
  });

  it('masks nested values by the names within', () => {
    expect(redactor().row({ customer: { email: 'x', tags: ['a@x.ch', 1] } })).toEqual({
      customer: { email: '<email:1>', tags: ['<email:2>', 1] },
    });
  });

  it('finds the values of sensitive columns again in sentences and SQL, as whole words', () => {
    const one = redactor();
    one.row({ name: 'Ann' });
    expect(one.text("Ann is in 3 rows of Annual: name = 'Ann'")).toBe(
      "<name:1> is in 3 rows of Annual: name = '<name:1>'",
    );
  });

  it('changes nothing when applied again', () => {
    const one = redactor();
    const once = one.row({ email: 'a@x.ch', note: 'b@x.ch' });
    expect(one.row(once)).toEqual(once);
  });
});
