import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { serveRegistry } from '../../scripts/canary/registry.js';
import { packOne } from '../../scripts/packages/pack.js';
import { program } from '../cli/aegis.js';
import { folderWith } from '../cli/project.js';
import { scenario } from '../scenario.js';
import { serveGitHub } from './github-server.js';
import { ShopWorkflow } from './shop-workflow.js';

const rules = `rules:
- metadata: { id: ids_unique, severity: high, description: d, owner: o }
  scope: { table: ../customers.csv, columns: [id] }
  logic: { type: unique }
`;

/** A registry with the packages of the repository as they would be published; gives what makes npm use it. */
const registry = async (): Promise<{ readonly [name: string]: string }> => {
  const folder = await folderWith();
  const folders = ['packages/spec', 'packages/sql', 'packages/cli', 'packages/warehouse-adapters/duckdb'];
  const { url, close } = await serveRegistry(await Promise.all(folders.map((each) => packOne(each, folder))));
  onTestFinished(close);
  return {
    'npm_config_@aegis:registry': url,
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_userconfig: join(homedir(), '.npmrc'),
    npm_config_prefer_offline: 'true',
    NO_PROXY: '127.0.0.1',
    ...(process.env.NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }),
  };
};

const withoutAegis = `${dirname(process.execPath)}:${process.env.PATH}`;

scenario(
  'action/install',
  'the action installs Aegis and an adapter outside of the workspace, and runs it',
  async () => {
    expect(program).toMatch(/bin\.js$/);
    const files = { 'rules/shop.yaml': rules, 'customers.csv': 'id\n1\n1\n' };
    const workflow = await ShopWorkflow.create(files, await serveGitHub({}));
    const env = { ...(await registry()), PATH: withoutAegis };
    const { outputs, steps, log } = await workflow.run(
      { push: 'main' },
      { with: { install: 'true', version: '^0.1.0', adapters: 'duckdb' }, env },
    );
    expect(steps['Install Aegis'], log).toBe('success');
    expect(outputs, log).toMatchObject({ outcome: 'failed', failed: '1' });
    const missing = await workflow.run({ push: 'main' }, { with: { install: 'true', version: '99.0.0' }, env });
    expect(missing).toMatchObject({ conclusion: 'failure', steps: { 'Run the rules': 'skipped' } });
    expect(missing.log).toMatch(/No matching version found for @aegis\/(cli|warehouse-duckdb)@99\.0\.0/);
  },
  120_000,
);
