const amount = (separator: string): string => `([0-9]+(${separator}[0-9]+)?|${separator}[0-9]+)`;
const zero = (separator: string): string => `(0+(${separator}0+)?|${separator}0+)`;

const signed = (body: string, nothing: string) => ({
  '': `^ *[-+]? *${body} *$`,
  'positive ': `^ *\\+? *${body} *$`,
  'negative ': `^ *(- *${body}|${nothing}) *$`,
});

const family = (name: string, body: string, nothing: string): readonly (readonly [string, string])[] =>
  Object.entries(signed(body, nothing)).map(([sign, pattern]) => [`${sign}${name}`, pattern]);

const [day, month, year] = ['(0?[1-9]|[12][0-9]|3[01])', '(0?[1-9]|1[012])', '([12][0-9])?[0-9][0-9]'];
const between = '[-./]';
const clock = '(0?[0-9]|[01][0-9]|2[0-3]):[0-5]?[0-9]';
const hex = (digits: number): string => `[0-9a-fA-F]{${digits}}`;
const octets = '^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}$';

/** Patterns that accept what the formats of Soda accept. */
const patterns: ReadonlyMap<string, string> = new Map([
  ...family('integer', '[0-9]+', '0+'),
  ...family('decimal', amount('[.,]'), zero('[.,]')),
  ...family('decimal point', amount('[.]'), zero('[.]')),
  ...family('decimal comma', amount(','), zero(',')),
  ['date us', `^ *${month}${between}${day}${between}${year} *$`],
  ['date eu', `^ *${day}${between}${month}${between}${year} *$`],
  ['date inverse', `^ *${year}${between}${month}${between}${day} *$`],
  ['time 24h', `^ *${clock}(:[0-5]?[0-9]([.,][0-9]+)?)? *$`],
  ['time 24h nosec', `^ *${clock} *$`],
  ['uuid', `^${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}$`],
  ['ip address', octets],
  ['ipv4 address', octets],
  ['email', '^[a-zA-ZÀ-ÿĀ-ſƀ-ȳ0-9._%+-]+@[a-zA-ZÀ-ÿĀ-ſƀ-ȳ0-9._%-]+[.][A-Za-z]{2,4}$'],
]);

export const formatPattern = (format: string): string | undefined => patterns.get(format.trim());
