import { expect, it } from 'vitest';
import { toolsManifest } from './packages.ts';

it('installs adapters by their types, by their packages, and of the version of the CLI', () => {
  const adapters = ['duckdb', 'llm-openai', 'dbt', '@acme/aegis@^2', 'acme-adapter', 'postgres@1.2.3'];
  expect(JSON.parse(toolsManifest(adapters, '~1.0'))).toEqual({
    private: true,
    dependencies: {
      '@aegis/cli': '~1.0',
      '@aegis/warehouse-duckdb': '~1.0',
      '@aegis/llm-openai': '~1.0',
      '@aegis/dbt': '~1.0',
      '@acme/aegis': '^2',
      'acme-adapter': 'latest',
      '@aegis/warehouse-postgres': '1.2.3',
    },
  });
});

it.each(['--registry=x', '../x', 'Duck DB', 'duckdb@', 'a/b'])('refuses %s as an adapter', (text) => {
  expect(() => toolsManifest([text], 'latest')).toThrow('is no adapter');
});
