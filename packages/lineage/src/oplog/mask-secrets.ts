import { pieces } from '../sql/text/scan.js';

/** SQL without its secrets, and what was taken out, so that messages about it can be masked too. */
export interface MaskedSql {
  readonly sql: string;
  readonly secrets: readonly string[];
}

const mask = '***';

const secretName =
  '[\\w.]*(?:password|passwd|pwd|passphrase|secret|token|credential|access_?key|private_?key|api_?key|account_?key|master_?key|key_?id|encryption_?key|sas|authorization|connection_?string)\\w*';

/** What stands before a value that is a secret: `PASSWORD`, `s3_secret_access_key =`, `IDENTIFIED BY`. */
const beforeSecret = new RegExp(
  `(?:\\b${secretName}["\`]?\\s*(?:=>|:=|=|:|\\bTO\\b|\\bIS\\b)?|\\bIDENTIFIED\\s+BY)\\s*[(\\[{]*\\s*$`,
  'i',
);

const unquotedSecret = new RegExp(`(\\b${secretName}\\s*(?:=>|:=|=|:)\\s*)([^\\s,;()'"]+)`, 'gi');

/** `CREATE SECRET s (TYPE s3, KEY_ID abc, SECRET def)` of DuckDB needs no signs between names and values. */
const bareSecret = new RegExp(`(\\b${secretName}\\s+)([^\\s,;()'"=:]+)`, 'gi');

/** Elsewhere, what stands unquoted beside such a name is a column or a number. */
const takesOptions =
  /^\s*(?:set|attach|copy|alter|export|create\s+(?!(?:or\s+replace\s+)?(?:\w+\s+)?(?:table|view)\b))/i;

const createsSecret = /^\s*create\s+(?:or\s+replace\s+)?(?:(?:persistent|temporary|temp)\s+)?secret\b/i;

/** Parts of connection strings, URLs and headers inside quoted text. */
const insideText: readonly RegExp[] = [
  /([a-z][\w+.-]*:\/\/[^\s/:@]*:)([^\s@/]+)(?=@)/gi,
  new RegExp(`(\\b${secretName}\\s*(?:=|:|%3D)\\s*)([^\\s,;&'"]+)`, 'gi'),
  /([?&](?:sig|signature|x-amz-signature|x-goog-signature|sv|se|sr)=)([^\s&'"]+)/gi,
  /(\b(?:bearer|basic)\s+)([\w.~+/=-]{6,})/gi,
];

/** Masks passwords, keys and tokens in SQL. Names and all other values stay as they were. */
export const maskSecrets = (sql: string, parserName: string): MaskedSql => {
  const secrets: string[] = [];
  const isSecretStatement = createsSecret.test(sql);
  const setsOptions = isSecretStatement || takesOptions.test(sql);
  let masked = '';
  for (const { start, end, isCode, isComment } of pieces(sql, parserName)) {
    const text = sql.slice(start, end);
    if (isCode) masked += setsOptions ? maskCode(text, isSecretStatement, secrets) : text;
    else if (!isComment && (isSecretStatement || beforeSecret.test(masked))) masked += maskQuoted(text, secrets);
    else masked += maskInside(text, secrets);
  }
  return { sql: everywhere(masked, secrets, 6), secrets };
};

const maskCode = (code: string, isSecretStatement: boolean, secrets: string[]): string => {
  const once = replaced(code, unquotedSecret, secrets);
  if (!isSecretStatement) return once;
  const options = once.indexOf('(');
  return `${once.slice(0, options + 1)}${replaced(once.slice(options + 1), bareSecret, secrets)}`;
};

/** Text that messages quote may be a part of the SQL. */
const maskInside = (text: string, secrets: string[] = []): string =>
  insideText.reduce((before, pattern) => replaced(before, pattern, secrets), text);

const replaced = (text: string, pattern: RegExp, secrets: string[]): string =>
  text.replace(pattern, (_, before: string, secret: string) => {
    if (secret !== mask) secrets.push(secret);
    return `${before}${mask}`;
  });

const maskQuoted = (quoted: string, secrets: string[]): string => {
  const [, open = '', inside = '', close = ''] = /^(\$\w*\$|'''|"""|.)([\s\S]*?)(\1)?$/.exec(quoted) ?? [];
  if (inside !== '') secrets.push(inside);
  return `${open}${mask}${close}`;
};

/** A message without the secrets that a statement held. */
export const withoutSecrets = (message: string, { secrets }: MaskedSql): string =>
  everywhere(maskInside(message), secrets, 3);

/** A secret may stand in a second place; what is very short would be found in words that are none. */
const everywhere = (text: string, secrets: readonly string[], shortest: number): string =>
  [...secrets]
    .sort((one, other) => other.length - one.length)
    .filter((secret) => secret.length >= shortest)
    .reduce((before, secret) => before.replaceAll(secret, mask), text);
