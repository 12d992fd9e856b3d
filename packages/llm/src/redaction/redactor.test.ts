import { describe, expect, it } from 'vitest';
import { Redactor, type RedactorOptions } from './redactor.js';

const secrets = { scrub: (text: string) => text.replaceAll('hunter2!', '***') };

const redactor = (
  policy: Partial<{ maskColumns: string[]; keepColumns: string[] }> = {},
  options: RedactorOptions = {},
) => new Redactor({ maskColumns: [], keepColumns: [], ...policy }, secrets, options);

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
    const start = performance.now();
    redactor().text(`Bearer${' '.repeat(50_000)}`);
    redactor().text('-----BEGIN PRIVATE KEY'.repeat(5_000));
    redactor().text('ab://x:'.repeat(10_000));
    expect(performance.now() - start).toBeLessThan(1_000);
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

describe('Redactor.text, for what a column held', () => {
  it('finds values as SQL and JSON write them', () => {
    const one = redactor();
    one.row({ name: 'O\'Brien "Bob"' });
    expect(one.text(`name = 'O''Brien "Bob"' and {"name":"O'Brien \\"Bob\\""}`)).toBe(
      `name = '<name:1>' and {"name":"<name:1>"}`,
    );
  });

  it('takes the longest of values that begin alike, and words of marks and letters', () => {
    const one = redactor();
    one.row({ name: 'Ann' });
    one.row({ name: 'Ann Lee' });
    one.row({ name: '(né) Ång' });
    expect(one.text('Ann Lee, Ann, x(né) Ång, (né) Ång, 𝒜Ann')).toBe('<name:2>, <name:1>, x(né) Ång, <name:3>, 𝒜Ann');
  });

  it('leaves tokens alone when a column held the name of their kind', () => {
    const one = redactor();
    one.row({ name: 'email' });
    expect(one.text('email of a@x.ch is <email:1>')).toBe('<name:1> of <email:1> is <email:1>');
  });

  it('gives one value one token, whichever way it was found', () => {
    const one = redactor();
    expect(one.text('from a@x.ch')).toBe('from <email:1>');
    expect(one.row({ contact_name: 'a@x.ch' })).toEqual({ contact_name: '<email:1>' });
  });

  it('removes secrets that are known by their value', () => {
    expect(redactor().text('password authentication with hunter2! failed')).toBe(
      'password authentication with *** failed',
    );
  });

  it('takes about as long for a thousand known values as for one', () => {
    const strings = Array.from({ length: 2_000 }, (_, at) => `customer ${at} Main Street ${at % 1_000} wrote nothing`);
    const milliseconds = (values: number) => {
      const one = redactor();
      for (let at = 0; at < values; at += 1) one.cell('address', `Main Street ${at}`);
      const start = performance.now();
      for (const text of strings) one.text(text);
      return performance.now() - start;
    };
    milliseconds(1);
    expect(milliseconds(1_000)).toBeLessThan(5 * milliseconds(1) + 50);
  });
});

describe('Redactor.restore', () => {
  it('puts values back, the tenth beside the first, and leaves tokens that it never gave', () => {
    const one = redactor();
    for (let at = 1; at <= 10; at += 1) one.text(`p${at}@x.ch`);
    expect(one.restore('<email:10> <email:1>0 <email:11> <phone:1>')).toBe('p10@x.ch p1@x.ch0 <email:11> <phone:1>');
  });

  it('brings back whatever was masked, in text and in rows', () => {
    const one = redactor();
    const text = 'call +41 79 123 45 67 or $& a@x.ch, card 4111 1111 1111 1111';
    expect(one.restore(one.text(text))).toBe(text);
    expect(one.restore(JSON.stringify(one.row({ name: '$1 Ann' })))).toBe('{"name":"$1 Ann"}');
  });

  it('encodes values for the place that they are put in', () => {
    const one = redactor();
    one.row({ name: "x' OR 1=1 --" });
    expect(one.restore("name = '<name:1>'", (value) => value.replaceAll("'", "''"))).toBe("name = 'x'' OR 1=1 --'");
  });
});

describe('Redactor.exportTokens', () => {
  const salt = 'of the run';

  it('gives a resumed run the same token for the same value, and new numbers to new ones', () => {
    const first = redactor({}, { salt });
    const masked = first.text('a@x.ch b@x.ch');
    const second = redactor({}, { salt });
    second.importTokens(first.exportTokens(masked));
    expect(second.text('c@x.ch b@x.ch a@x.ch')).toBe('<email:3> <email:2> <email:1>');
    expect(second.restore(masked)).toBe('a@x.ch b@x.ch');
  });

  it('tells only of the tokens in the text, and holds no value', () => {
    const one = redactor({}, { salt });
    one.text('a@x.ch b@x.ch');
    const exported = one.exportTokens('of <email:2>, <email:2> and <email:9>');
    expect(Object.keys(exported)).toEqual(['<email:2>']);
    expect(exported['<email:2>']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('hands on what was imported and not seen again', () => {
    const first = redactor({}, { salt });
    const exported = first.exportTokens(first.text('a@x.ch'));
    const second = redactor({}, { salt });
    second.importTokens(exported);
    expect(second.exportTokens('<email:1>')).toEqual(exported);
    expect(second.restore('<email:1>')).toBe('<email:1>');
  });

  it('restores nothing for a token that came to mean two values', () => {
    const first = redactor({}, { salt });
    const exported = first.exportTokens(first.text('a@x.ch'));
    const second = redactor({}, { salt });
    second.text('b@x.ch');
    second.importTokens(exported);
    expect(second.restore('<email:1>')).toBe('<email:1>');
  });

  it('means nothing under another salt', () => {
    const first = redactor({}, { salt });
    const second = redactor();
    second.importTokens(first.exportTokens(first.text('a@x.ch')));
    expect(second.text('a@x.ch')).toBe('<email:2>');
  });
});

it('finds values of one or two letters again where SQL quotes them, and leaves words alone', () => {
  const one = redactor();
  expect(one.row({ first_name: 'Al' })).toEqual({ first_name: '<name:1>' });
  expect(one.text("WHERE first_name = 'Al' -- Al, or Alan")).toBe("WHERE first_name = '<name:1>' -- Al, or Alan");
});
