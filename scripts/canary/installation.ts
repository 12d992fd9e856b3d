import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, run, runExpecting } from '../command.js';

/** Where and from what to install. */
export interface InstallContext {
  /** An empty folder, removed by the caller. */
  readonly folder: string;
  /** Of the registry that has the packed packages. */
  readonly registryUrl: string;
}

/** Aegis as one way of installing leaves it. */
export interface Installation {
  readonly name: string;
  aegis(args: readonly string[], cwd: string): Promise<CommandResult>;
}

/** What a user of DuckDB installs. */
const userPackages = ['@aegis/cli', '@aegis/warehouse-duckdb'];

/** Only the scope comes from the packed packages; the rest comes from where npm is configured to look. */
const scopeFlag = ({ registryUrl }: InstallContext) => `--@aegis:registry=${registryUrl}`;

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** What `npx -c` tells the npm that it calls: another npm further down would take it for its own. */
const ofOuterNpx = { npm_config_call: undefined, npm_config_package: undefined, npm_config_local_prefix: undefined };

/** For programs in `folder`: their history is in it. */
export const environmentIn = (folder: string): NodeJS.ProcessEnv => ({
  ...ofOuterNpx,
  AEGIS_HISTORY: join(folder, 'history.db'),
  NO_PROXY: [process.env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
});

const projectIn = ({ folder, registryUrl }: InstallContext, name: string): string => {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  writeFileSync(join(project, '.npmrc'), `@aegis:registry=${registryUrl}\n`);
  return project;
};

const calling = (
  name: string,
  { folder }: InstallContext,
  command: string,
  args: readonly string[] = [],
): Installation => ({
  name,
  aegis: (more, cwd) => run(command, [...args, ...more], { cwd, environment: environmentIn(folder) }),
});

/** Runs npm or pnpm in `cwd`; throws with what it printed when it fails. */
const client = (command: 'npm' | 'pnpm', args: readonly string[], cwd: string) =>
  runExpecting(0, command, args, { cwd, environment: environmentIn(cwd) });

/** `npm install` of every given package into an empty project; gives its folder. */
export const installProject = async (context: InstallContext, packages: readonly string[]): Promise<string> => {
  const project = projectIn(context, 'npm-every-package');
  await client('npm', ['install', ...quiet, ...packages], project);
  return project;
};

const withNpm = async (context: InstallContext): Promise<Installation> => {
  const project = projectIn(context, 'npm-project');
  await client('npm', ['install', ...quiet, ...userPackages], project);
  return calling('npm install', context, join(project, 'node_modules/.bin/aegis'));
};

const withPnpm = async (context: InstallContext): Promise<Installation> => {
  const project = projectIn(context, 'pnpm-project');
  await client('pnpm', ['add', ...userPackages], project);
  return calling('pnpm add', context, join(project, 'node_modules/.bin/aegis'));
};

const globally = async (context: InstallContext): Promise<Installation> => {
  const prefix = join(context.folder, 'npm-global');
  const args = ['install', '--global', '--prefix', prefix, scopeFlag(context), ...quiet, ...userPackages];
  await client('npm', args, context.folder);
  return calling('npm install --global', context, join(prefix, 'bin/aegis'));
};

/** npx keeps what it installed by name and range; a cache of its own makes it install these tarballs. */
export const npxArguments = async (context: InstallContext, cacheName: string): Promise<readonly string[]> => {
  const cache = join(context.folder, cacheName);
  const { stdout } = await client('npm', ['config', 'get', 'cache'], context.folder);
  const downloads = join(stdout.trim(), '_cacache');
  mkdirSync(downloads, { recursive: true });
  mkdirSync(cache);
  symlinkSync(downloads, join(cache, '_cacache'));
  return ['--yes', '--cache', cache, scopeFlag(context)];
};

const withNpx = async (context: InstallContext): Promise<Installation> => {
  const npx = await npxArguments(context, 'npx-cache');
  const packages = userPackages.flatMap((name) => ['--package', name]);
  return calling('npx', context, 'npx', [...npx, ...packages, '--', 'aegis']);
};

/** Every way of installing that a user may choose; each installs when it is called. */
export const installations: readonly ((context: InstallContext) => Promise<Installation>)[] = [
  withNpm,
  withPnpm,
  withNpx,
  globally,
];
