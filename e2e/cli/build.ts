import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command, the adapter that it finds beside itself, and what projects install. */
const packages = ['@aegis/cli', '@aegis/warehouse-duckdb', '@aegis/llm-openai', '@aegis/lineage-ai', '@aegis/mcp'];

/** Builds what has changed since it was last built, and gives the path of the program. */
export const buildCli = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = ['run', 'build', '--output-logs=errors-only', ...packages.map((name) => `--filter=${name}`)];
    execFile(join(root, 'node_modules/.bin/turbo'), args, { cwd: root }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stdout}${stderr}`, { cause: error }));
      else resolve(join(root, 'packages/cli/dist/bin.js'));
    });
  });
