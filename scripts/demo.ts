import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.js';

const example = join(root, 'examples/flights');
const aegis = join(root, 'packages/cli/dist/bin.js');

console.log('In examples/flights: aegis run rules --no-llm\n');
const { status, error } = spawnSync(process.execPath, [aegis, 'run', 'rules', '--no-llm'], {
  cwd: example,
  stdio: 'inherit',
});
if (error) throw error;
/** The data is as it was published, with its faults: that rules fail is what the example shows. */
const rulesFailed = 1;
if (status === rulesFailed) console.log('\naegis ended with exit code 1, because rules failed.');
process.exitCode = status === rulesFailed ? 0 : (status ?? 1);
