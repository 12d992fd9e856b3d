import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { requirements } from './requirements.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The ids between the parentheses of `scenario(…` before the title. */
const citedIn = (source: string): readonly string[] =>
  [...source.matchAll(/\bscenario(?:Unless\([^,]+,\s*|\(\s*)(\[[^\]]*\]|'[^']*')/g)].flatMap(([, ids = '']) =>
    [...ids.matchAll(/'([^']+)'/g)].map(([, id = '']) => id),
  );

it('are all shown by a scenario', async () => {
  const cited = new Set<string>();
  for await (const file of glob('**/*.test.ts', { cwd: here, exclude: ['node_modules/**'] })) {
    for (const id of citedIn(await readFile(`${here}/${file}`, 'utf8'))) cited.add(id);
  }
  expect(Object.keys(requirements).filter((id) => !cited.has(id))).toEqual([]);
});

it('are found in the calls that cite them', () => {
  expect(
    citedIn(`scenario('a/b', 'title', run); scenario(['c/d', 'e/f'], 'x'); scenarioUnless(gone(), 'g/h', 'y')`),
  ).toEqual(['a/b', 'c/d', 'e/f', 'g/h']);
});
