import { ActionError } from './action-error.ts';

/** The package.json that npm installs from: names and versions are data, and never words of a command line. */
export const toolsManifest = (adapters: readonly string[], version: string): string => {
  const dependencies = Object.fromEntries([
    ['@aegis/cli', version],
    ...adapters.map((text) => dependency(text, version)),
  ]);
  return `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`;
};

const npmName = /^(@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/;

/** `duckdb`, `llm-openai`, `dbt`, `acme-aegis-adapter`, `@acme/adapter@^2`. */
const dependency = (text: string, version: string): readonly [string, string] => {
  const at = text.indexOf('@', 1);
  const [name, own] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  if (!npmName.test(name) || own === '') {
    throw new ActionError(`${JSON.stringify(text)} is no adapter. Write a type such as duckdb, or an npm package.`);
  }
  const full = packageOf(name);
  return [full, own ?? (full.startsWith('@aegis/') ? version : 'latest')];
};

const packageOf = (name: string): string => {
  if (name === 'dbt' || name === 'lineage-ai') return `@aegis/${name}`;
  if (name.startsWith('llm-')) return `@aegis/${name}`;
  return ourWarehouses.has(name) ? `@aegis/warehouse-${name}` : name;
};

/** Other plain names are packages of npm. */
const ourWarehouses: ReadonlySet<string> = new Set(['athena', 'bigquery', 'databricks', 'duckdb', 'postgres', 'trino']);
