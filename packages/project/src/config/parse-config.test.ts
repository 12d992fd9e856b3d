import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { parseConfig } from './parse-config.js';

const errorOf = (text: string): string => {
  try {
    parseConfig(text, 'aegis.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.display;
    throw error;
  }
  throw new Error('no error was thrown');
};

describe('parseConfig', () => {
  it('reads every documented key', () => {
    const { config } = parseConfig(
      [
        'name: shop',
        'warehouses:',
        '  main: { type: duckdb, path: shop.duckdb }',
        'default_warehouse: main',
        'llm: { provider: ollama, model: llama3.2, temperature: 0 }',
        'timezone: Europe/Zurich',
        'audit: { path: history.db }',
        'lineage: [lineage.json]',
        'severity: { escalate_above_percent: 10, blast_radius: 3 }',
        'redaction: { samples: none, mask_columns: [notes], keep_columns: [name] }',
      ].join('\n'),
      'aegis.yaml',
    );
    expect(config).toMatchObject({
      warehouses: { main: { type: 'duckdb', path: 'shop.duckdb' } },
      default_warehouse: 'main',
      timezone: 'Europe/Zurich',
      severity: { escalate_above_percent: 10, blast_radius: 3 },
      redaction: { samples: 'none', mask_columns: ['notes'], keep_columns: ['name'] },
    });
  });

  it('reads what there is to say about lineage', () => {
    const text = 'lineage:\n  sources: [events.ndjson]\n  names: { orders: shop.orders }\n  export: out.ndjson\n';
    expect(parseConfig(text, 'aegis.yaml').config.lineage).toEqual({
      ...{ sources: ['events.ndjson'], names: { orders: 'shop.orders' }, warehouses: {}, export: 'out.ndjson' },
    });
  });

  it.each([
    ['lineage: events.json\n', 'aegis.yaml:1:10: lineage: must be a list or a mapping'],
    ['lineage: [a, 1]\n', 'aegis.yaml:1:14: lineage.1: must be text, not a number'],
    ['lineage:\n  sources: [a, 1]\n', 'aegis.yaml:2:16: lineage.sources.1: must be text, not a number'],
    ['lineage:\n  souces: [a]\n', 'aegis.yaml:2:3: unknown key "lineage.souces"\n  Did you mean "sources"?'],
    ['lineage: ["http://ann:s3cret@host/x"]\n', 'aegis.yaml:1:11: lineage.0 holds a secret in plain text'],
  ])('says what is wrong with lineage, and where: %j', (text, shown) => {
    expect(errorOf(text)).toContain(shown);
    expect(errorOf(text)).not.toContain('s3cret');
  });

  it('takes an empty file for the defaults', () => {
    expect(parseConfig('', 'aegis.yaml').config).toMatchObject({ warehouses: {}, lineage: [] });
  });

  it('names an unknown key with its place and the key that was meant', () => {
    expect(errorOf('name: shop\ntimezon: UTC\n')).toBe(
      'aegis.yaml:2:1: unknown key "timezon"\n  Did you mean "timezone"?',
    );
    expect(errorOf('severity:\n  blast_raduis: 3\n')).toContain('aegis.yaml:2:3: unknown key "severity.blast_raduis"');
    expect(errorOf('severity:\n  blast_raduis: 3\n')).toContain('Did you mean "blast_radius"?');
  });

  it('lists the known keys when none is near', () => {
    expect(errorOf('audit: { path: a.db, wal: true }\n')).toContain('Known keys: path.');
  });

  it('reports every mistake at its own place', () => {
    const shown = errorOf('timezone: Mars/Base\nwarehouses:\n  main: { path: x }\n');
    expect(shown).toContain('aegis.yaml:1:11: timezone: is not an IANA time zone');
    expect(shown).toContain('aegis.yaml:3:9: warehouses.main.type:');
  });

  it('reports broken YAML and duplicate keys with their place', () => {
    expect(errorOf('name: [shop\n')).toMatch(/^aegis\.yaml:2:1: /);
    expect(errorOf('name: a\nname: b\n')).toMatch(/^aegis\.yaml:2:1: .*unique/);
  });

  it('refuses a document that is not a mapping', () => {
    expect(errorOf('- a\n- b\n')).toMatch(/^aegis\.yaml:1:1: /);
  });

  it('refuses a default warehouse that is not configured', () => {
    expect(errorOf('warehouses:\n  main: { type: duckdb }\ndefault_warehouse: mian\n')).toBe(
      'aegis.yaml:3:20: no warehouse is called "mian"\n  Did you mean "main"?',
    );
  });

  it.each([
    ['password: hunter2', 'warehouses.pg.password'],
    ['url: "postgres://me:hunter2@db/shop"', 'warehouses.pg.url'],
    ['api_key: abc', 'warehouses.pg.api_key'],
  ])('refuses a secret in plain text: %s', (line, key) => {
    const shown = errorOf(`warehouses:\n  pg:\n    type: postgres\n    ${line}\n`);
    expect(shown).toContain(`${key} holds a secret in plain text`);
    expect(shown).not.toContain('hunter2');
  });

  it.each(['password: ${env:PGPASSWORD}', 'url: "postgres://${env:USER}:${env:PGPASSWORD}@db/shop"', 'user: me'])(
    'accepts %s',
    (line) => {
      expect(() => parseConfig(`warehouses:\n  pg:\n    type: postgres\n    ${line}\n`, 'aegis.yaml')).not.toThrow();
    },
  );
});
