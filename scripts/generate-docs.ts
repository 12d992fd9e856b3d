import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { referencePages } from './reference/pages.js';
import { root } from './root.js';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const folder = join(root, 'docs/reference');
const pages = referencePages();

const changed = [...pages]
  .filter(([path, text]) => !existsSync(join(folder, path)) || readFileSync(join(folder, path), 'utf8') !== text)
  .map(([path]) => path);
/** Pages of types that are gone. Everything below rules/ is generated. */
const surplus = globSync('rules/**/*.md', { cwd: folder })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !pages.has(path));

if (values.check) {
  for (const path of changed) console.error(`docs/reference/${path} is out of date`);
  for (const path of surplus) console.error(`docs/reference/${path} belongs to nothing`);
  if (changed.length + surplus.length > 0) console.error('Run: pnpm docs:generate');
  process.exitCode = changed.length + surplus.length > 0 ? 1 : 0;
} else {
  for (const path of changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), pages.get(path) ?? '');
  }
  for (const path of surplus) rmSync(join(folder, path));
  console.log(`${pages.size} pages: ${changed.length} written, ${surplus.length} removed`);
}
