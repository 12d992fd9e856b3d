import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entrySpecifiers } from '../architecture/workspace.js';
import { runExpecting } from '../command.js';
import type { PackedPackage } from '../packages/pack.js';

/** Conformance kits register tests as they are imported, so they load only in a test run. */
const needsVitest = ({ manifest }: PackedPackage) => 'vitest' in { ...manifest.peerDependencies };

const importing = (packages: readonly PackedPackage[]) =>
  packages
    .flatMap(({ manifest }) => entrySpecifiers({ manifest }))
    .map((specifier) => {
      const name = JSON.stringify(specifier);
      return `if (Object.keys(await import(${name})).length === 0) throw new Error(${name} + ' exports nothing');\n`;
    })
    .join('');

/** Imports every entry of every package in `project`, where they are installed. Throws with what went wrong. */
export const importEntries = async (project: string, packages: readonly PackedPackage[]): Promise<void> => {
  writeFileSync(join(project, 'entries.mjs'), importing(packages.filter((packed) => !needsVitest(packed))));
  await runExpecting(0, process.execPath, ['entries.mjs'], { cwd: project });
  const kits = packages.filter(needsVitest);
  if (kits.length > 0) await importInVitest(project, importing(kits));
};

const importInVitest = async (project: string, code: string): Promise<void> => {
  const folder = join(project, 'kits');
  mkdirSync(folder);
  const test = `import { it } from 'vitest';\nit('imports', async () => {\n${code}});\n`;
  writeFileSync(join(folder, 'kits.test.mjs'), test);
  await runExpecting(0, join(project, 'node_modules/.bin/vitest'), ['run', '--root', folder], { cwd: project });
};
