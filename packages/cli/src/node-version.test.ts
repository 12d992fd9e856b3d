import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { nodeProblem, oldestNode } from './node-version.js';

it.each(['22.18.0', '22.20.1', '24.0.0', '100.1.0'])('takes Node %s', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

it.each(['8.9.0', '20.20.2', '22.9.0', '22.17.9'])('refuses Node %s and says what to install', (version) => {
  expect(nodeProblem(version)).toMatch(
    new RegExp(`^aegis needs Node 22\\.18 or later; this is Node ${version}\\n {2}Install`),
  );
});

it('is as old as the package says', () => {
  expect(`>=${oldestNode}`).toBe(manifest.engines.node);
});
