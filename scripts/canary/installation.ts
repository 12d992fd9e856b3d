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

const environmentIn = (folder: string): NodeJS.ProcessEnv => ({
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

const calling = (name: string, command: string, args: readonly string[], folder: string): Installation => ({
  name,
  aegis: (more, cwd) => run(command, [...args, ...more], { cwd, environment: environmentIn(folder) }),
});

/** `npm install` of every given package into an empty project; gives its folder. */
export const installProject = async (context: InstallContext, packages: readonly string[]): Promise<string> => {
  const project = projectIn(context, 'npm-every-package');
  await runExpecting(0, 'npm', ['install', ...quiet, ...packages], {
    cwd: project,
    environment: environmentIn(project),
  });
  return project;
};

const withNpm = async (context: InstallContext): Promise<Installation> => {
  const project = projectIn(context, 'npm-project');
  await runExpecting(0, 'npm', ['install', ...quiet, ...userPackages], { cwd: project });
  return calling('npm install', join(project, 'node_modules/.bin/aegis'), [], context.folder);
};

const withPnpm = async (context: InstallContext): Promise<Installation> => {
  const project = projectIn(context, 'pnpm-project');
  await runExpecting(0, 'pnpm', ['add', ...userPackages], { cwd: project });
  return calling('pnpm add', join(project, 'node_modules/.bin/aegis'), [], context.folder);
};

const globally = async (context: InstallContext): Promise<Installation> => {
  const prefix = join(context.folder, 'npm-global');
  const args = ['install', '--global', '--prefix', prefix, scopeFlag(context), ...quiet, ...userPackages];
  await runExpecting(0, 'npm', args, { cwd: context.folder });
  return calling('npm install --global', join(prefix, 'bin/aegis'), [], context.folder);
};

/** npx keeps what it installed by name and range; a cache of its own makes it install these tarballs. */
const withNpx = async (context: InstallContext): Promise<Installation> => {
  const cache = join(context.folder, 'npx-cache');
  const { stdout } = await runExpecting(0, 'npm', ['config', 'get', 'cache'], { cwd: context.folder });
  mkdirSync(cache);
  mkdirSync(join(stdout.trim(), '_cacache'), { recursive: true });
  symlinkSync(join(stdout.trim(), '_cacache'), join(cache, '_cacache'));
  const packages = userPackages.flatMap((name) => ['--package', name]);
  return calling(
    'npx',
    'npx',
    ['--yes', '--cache', cache, scopeFlag(context), ...packages, '--', 'aegis'],
    context.folder,
  );
};

/** Every way of installing that a user may choose; each installs when it is called. */
export const installations: readonly ((context: InstallContext) => Promise<Installation>)[] = [
  withNpm,
  withPnpm,
  withNpx,
  globally,
];
