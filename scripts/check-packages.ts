import { run } from './command.js';
import { checkContents } from './packages/check-contents.js';
import { type PackedPackage, packAll } from './packages/pack.js';
import { root } from './root.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** The package as its users' tools resolve it, in words of the two linters; nothing when both are content. */
const lint = async ({ tarball }: PackedPackage): Promise<readonly string[]> => {
  const publint = await run('pnpm', ['exec', 'publint', 'run', tarball, '--strict'], { cwd: root });
  const attw = await run('pnpm', ['exec', 'attw', tarball, '--profile', 'esm-only'], { cwd: root });
  return [publint, attw].filter(({ exitCode }) => exitCode !== 0).map(({ output }) => output.trim());
};

const check = async (packed: PackedPackage): Promise<number> => {
  const faults = [...checkContents(packed), ...(await lint(packed))];
  console.log(`${faults.length === 0 ? 'ok   ' : 'error'} ${packed.name}@${packed.version}`);
  for (const fault of faults) console.log(fault.replace(/^/gm, '      '));
  return faults.length;
};

await withTemporaryFolder('aegis-packages', async (folder) => {
  let faults = 0;
  for (const packed of await packAll(folder)) faults += await check(packed);
  process.exitCode = faults > 0 ? 1 : 0;
});
