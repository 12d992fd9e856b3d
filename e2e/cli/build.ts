import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command, the adapter that it finds beside itself, and what projects install. */
const packages = ['@aegis/cli', '@aegis/warehouse-duckdb', '@aegis/llm-openai', '@aegis/lineage-ai', '@aegis/mcp'];

/** Builds packages, as far as they have changed since they were last built. */
export const build = (names: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = ['run', 'build', '--output-logs=errors-only', ...names.map((name) => `--filter=${name}`)];
    execFile(join(root, 'node_modules/.bin/turbo'), args, { cwd: root }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stdout}${stderr}`, { cause: error }));
      else resolve();
    });
  });

/** Gives the path of the program. */
export const buildCli = async (): Promise<string> => {
  await build(packages);
  return join(root, 'packages/cli/dist/bin.js');
};
