import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serveAssistants } from './canary/assistants.js';
import { exercise } from './canary/exercise.js';
import { importEntries } from './canary/import-entries.js';
import { installations, installProject } from './canary/installation.js';
import { serveRegistry } from './canary/registry.js';
import { makeShop } from './canary/shop.js';
import { packAll } from './packages/pack.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** Installs the built packages as users will get them, in every way they may install, and uses them. */
const canary = async (folder: string): Promise<void> => {
  const packages = await packAll(folder);
  const registry = await serveRegistry(packages);
  try {
    const context = { folder, registryUrl: registry.url };
    const project = await installProject(
      context,
      packages.map(({ name }) => name),
    );
    await importEntries(project, packages);
    console.log(`ok    npm install of ${packages.length} packages; every entry imports`);
    const shop = await makeShop(project);
    const version = packages.find(({ name }) => name === '@aegis/cli')?.version ?? '';
    for (const install of installations) {
      const installation = await install(context);
      const workplace = join(folder, `use of ${installation.name}`);
      mkdirSync(workplace);
      await exercise({ installation, folder: workplace, shop, version });
      console.log(`ok    ${installation.name}: aegis --version, init, run`);
    }
    await serveAssistants(context, shop);
    console.log('ok    npx @aegis/mcp: an assistant finds what is wrong');
  } finally {
    await registry.close();
  }
};

await withTemporaryFolder('aegis-canary', canary);
