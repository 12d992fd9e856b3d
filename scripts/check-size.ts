import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reachOf } from './architecture/reach.js';
import { readWorkspace } from './architecture/workspace.js';
import { root } from './root.js';
import { type Budgets, overBudget, renewed } from './size/budgets.js';
import { entriesOf } from './size/entries.js';

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

const file = new URL('./size/budgets.json', import.meta.url);
const budgets = JSON.parse(readFileSync(file, 'utf8')) as Budgets;

const measure = async (): Promise<Budgets> => {
  const sizes = entriesOf(readWorkspace(root)).map(async ({ name, file: entry, isBrowserSafe }) => {
    const { bytes } = await reachOf(entry, { root, throughPackages: isBrowserSafe, throughLazyImports: false });
    return [name, bytes] as const;
  });
  return Object.fromEntries(await Promise.all(sizes));
};

const sizes = await measure();
for (const [name, bytes] of Object.entries(sizes))
  console.log(`${name}: ${bytes} bytes of ${budgets[name] ?? 'no budget'}`);
if (values.update) {
  writeFileSync(file, `${JSON.stringify(renewed(sizes, budgets), null, 2)}\n`);
} else {
  const faults = overBudget(sizes, budgets);
  for (const fault of faults) console.error(`error: ${fault}`);
  if (faults.length > 0) console.error('Make it smaller, or allow it: pnpm check:size --update');
  process.exitCode = faults.length > 0 ? 1 : 0;
}
