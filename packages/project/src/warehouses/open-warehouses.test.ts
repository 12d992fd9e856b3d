import type { AdapterContext, Warehouse } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadProject } from '../config/project.js';
import { testProject } from '../testing/test-project.js';
import { openWarehouses } from './open-warehouses.js';
import { type WarehouseFlags, warehouseNames } from './warehouse-names.js';

const optionsSchema = z.strictObject({
  url: z.string().optional().meta({ secret: true }),
  phrase: z.string().optional().meta({ secret: true, env: 'ACME_PHRASE' }),
  port: z.number().optional(),
  tls: z.boolean().optional(),
});

interface Created {
  readonly options: unknown;
  readonly context: AdapterContext;
}

const open = async (config: string, flags: WarehouseFlags = {}, env: { readonly [name: string]: string } = {}) => {
  const created: Created[] = [];
  const create = (options: unknown, context: AdapterContext): Warehouse => {
    created.push({ options, context });
    return new FakeWarehouse({ dialect: duckdbDialect, answer: () => [] });
  };
  const adapter = { contract: 'warehouse/v1', type: 'acme', optionsSchema, create };
  const effects = await testProject({ 'aegis.yaml': config }, { env, importFrom: async () => ({ adapter }) });
  const project = await loadProject({}, effects);
  const names = warehouseNames(project, flags, effects.cwd);
  await openWarehouses([names.defaultName], [], names, project, effects);
  return { created, effects };
};

describe('openWarehouses', () => {
  it('hands the adapter its options, resolved, with the flags on top and typed', async () => {
    const config = 'warehouses: { a: { type: acme, phrase: "${env:P}", port: 1 } }\n';
    const { created, effects } = await open(config, { connection: { port: '2', tls: 'true' } }, { P: 'open sesame' });
    expect(created).toMatchObject([
      { options: { phrase: 'open sesame', port: 2, tls: true }, context: { baseDirectory: effects.cwd } },
    ]);
    expect(effects.secrets.scrub('not open sesame')).toBe('not ***');
  });

  it('refuses in plain text what the adapter calls a secret, whatever its name', async () => {
    await expect(open('warehouses: { a: { type: acme, phrase: open } }\n')).rejects.toThrow(
      'warehouses.a.phrase holds a secret in plain text',
    );
  });

  it('accepts a URL in plain text as long as there is no password in it', async () => {
    await expect(open('warehouses: { a: { type: acme, url: "acme://me@host/db" } }\n')).resolves.toBeDefined();
    await expect(open('warehouses: { a: { type: acme, url: "acme://me:pw12@host/db" } }\n')).rejects.toThrow(
      'holds a secret in plain text',
    );
  });

  it('resolves references of the command line, and remembers what they gave', async () => {
    const flags = { warehouse: 'acme', connection: { phrase: '${env:P}', port: '${env:PORT}' } };
    const { created, effects } = await open('', flags, { P: 'open sesame', PORT: '7' });
    expect(created).toMatchObject([{ options: { phrase: 'open sesame', port: 7 } }]);
    expect(effects.secrets.scrub('not open sesame')).toBe('not ***');
    await expect(open('', flags, { PORT: '7' })).rejects.toThrow(
      'connection.phrase needs the environment variable P, which is not set',
    );
  });

  it('remembers secrets that the adapter takes from the environment by itself', async () => {
    const { effects } = await open('warehouses: { a: { type: acme } }\n', {}, { ACME_PHRASE: 'open sesame' });
    expect(effects.secrets.scrub('not open sesame')).toBe('not ***');
  });
});
