import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { resolveReferences } from './secret-references.js';
import { SecretRegistry } from './secret-registry.js';

const context = (env: { [name: string]: string } = {}, directory = '/nowhere') => ({
  env,
  directory,
  secrets: new SecretRegistry(),
});

describe('resolveReferences', () => {
  it('replaces references anywhere in a value, and nothing else', () => {
    const env = { HOST: 'db.example', PW: 'hunter22' };
    expect(
      resolveReferences({ host: '${env:HOST}', port: 5432, ssl: true, tags: ['${env:HOST}', 'x'] }, context(env)),
    ).toEqual({ host: 'db.example', port: 5432, ssl: true, tags: ['db.example', 'x'] });
    expect(resolveReferences('postgres://me:${env:PW}@${env:HOST}/shop', context(env), ['url'])).toBe(
      'postgres://me:hunter22@db.example/shop',
    );
  });

  it('names the key and the variable that is missing or empty', () => {
    const resolve = (env: { [name: string]: string }) =>
      resolveReferences({ password: '${env:PGPASSWORD}' }, context(env), ['warehouses', 'pg']);
    expect(() => resolve({})).toThrow(
      'warehouses.pg.password needs the environment variable PGPASSWORD, which is not set',
    );
    expect(() => resolve({ PGPASSWORD: '' })).toThrow('PGPASSWORD, which is empty');
  });

  it('reads a file relative to the given folder, without its last line break', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'aegis-secret-'));
    await writeFile(join(directory, 'pg.secret'), 's3cret-value\n');
    const known = context({}, directory);
    expect(resolveReferences({ password: '${file:pg.secret}' }, known)).toEqual({ password: 's3cret-value' });
    expect(known.secrets.scrub('login with s3cret-value failed')).toBe('login with *** failed');
  });

  it('names a file that cannot be read', () => {
    expect(() => resolveReferences('${file:gone}', context(), ['token'])).toThrow(
      'token needs the file /nowhere/gone, which cannot be read',
    );
  });

  it('refuses a kind of reference that does not exist', () => {
    expect(() => resolveReferences('${vault:x}', context(), ['token'])).toThrow(ConfigError);
  });

  it('remembers what variables give that are called secrets, in whatever option', () => {
    const known = context({ MOTHERDUCK_TOKEN: 'tok-12345', SHOP_FOLDER: 'northwind' });
    resolveReferences({ path: '${env:SHOP_FOLDER}/md:?motherduck_token=${env:MOTHERDUCK_TOKEN}' }, known);
    expect(known.secrets.scrub('northwind/md:?motherduck_token=tok-12345 is not there')).toBe(
      'northwind/md:?motherduck_token=*** is not there',
    );
  });

  it('remembers what secret options give, also within a URL, but not what plain options give', () => {
    const known = context({ PW: 'p@ss/word', HOST: 'db.example' });
    resolveReferences({ url: 'postgres://me:${env:PW}@x/y', host: '${env:HOST}' }, known);
    expect(known.secrets.scrub('p@ss/word p%40ss%2Fword at db.example')).toBe('*** *** at db.example');
  });
});
