import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const version = '2.12.0';
/** Outlives the tests; git ignores it. */
const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'aegis');
const launcher = 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';

/** The inspector brings a web application along: too much for everybody who installs this repository. */
export const installInspector = async (): Promise<{ readonly program: string } | { readonly missing: string }> => {
  const folder = join(cache, `mcp-inspector-${version}`);
  try {
    if (!(await exists(folder))) await install(folder);
    return { program: join(folder, launcher) };
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.trim().split('\n').slice(-1) : [];
    return { missing: `the MCP inspector cannot be installed: ${reason}` };
  }
};

const install = async (folder: string): Promise<void> => {
  await mkdir(cache, { recursive: true });
  const trial = await mkdtemp(join(cache, 'inspector-'));
  try {
    await writeFile(join(trial, 'package.json'), '{ "private": true }');
    const wanted = ['--no-audit', '--no-fund', '--ignore-scripts', `@modelcontextprotocol/inspector@${version}`];
    await run('npm', ['install', ...wanted], { cwd: trial });
    await rename(trial, folder).catch(async (error: unknown) => {
      // Another run was faster.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
