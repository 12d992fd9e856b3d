import { ConfigError } from '@aegis/spec';

/** Parameters of a connection URL that are options here; others would do nothing. */
const parameters: ReadonlySet<string> = new Set([
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
]);

/**
 * The options in a connection URL.
 * @throws ConfigError `invalid` that shows nothing of the URL, which may hold a password
 */
export const urlParts = (url: string): { readonly [option: string]: string } => {
  const { protocol, hostname, port, pathname, username, password, searchParams } = parsed(url);
  if (protocol !== 'postgresql:' && protocol !== 'postgres:') throw invalid('must begin with postgresql://');
  const unknown = [...searchParams.keys()].find((name) => !parameters.has(name));
  if (unknown !== undefined) throw invalid(`has a parameter that is not supported: ${unknown}`);
  const { dbname, ...named } = Object.fromEntries(searchParams);
  const parts = {
    host: decoded(hostname).replace(/^\[(.*)\]$/, '$1'),
    port,
    database: dbname ?? decoded(pathname.slice(1)),
    user: decoded(username),
    password: decoded(password),
    ...named,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));
};

const parsed = (url: string): URL => {
  if (!URL.canParse(url)) throw invalid('is not a URL; a password may need percent-encoding');
  return new URL(url);
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('has a % that encodes nothing');
  }
};

const invalid = (complaint: string) =>
  new ConfigError('invalid', `postgres warehouse, option url: ${complaint}`, {
    hint: 'Write postgresql://user:password@host:5432/database, with special characters as %40.',
  });
