import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isPublished, readWorkspace } from './architecture/workspace.js';
import { fencesOf } from './documents/fences.js';
import { root } from './root.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

const readmeCommands = fencesOf(read('README.md'))
  .filter(({ language, text }) => language === 'sh' && text.startsWith('npx -y -p node@'))
  .map(({ text }) => text.trim());

it('shows two commands that set everything up, the main job first', () => {
  expect(readmeCommands).toHaveLength(2);
  expect(readmeCommands[0]).toContain('pnpm demo');
  expect(readmeCommands[1]).toContain('pnpm test');
});

it('ends CI with the test command of the README, to the letter', () => {
  const commands = read('.ci/run')
    .split('\n')
    .filter((line) => line.startsWith('npx '));
  expect(commands.at(-1)).toBe(`${readmeCommands[1]} || status=1`);
});

it('runs in CI only scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: { readonly [name: string]: string } };
  const used = [...read('.ci/checks').matchAll(/^step pnpm (\S+)$/gm)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
});

it('documents every script that people call', () => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: { readonly [name: string]: string } };
  const contributing = read('CONTRIBUTING.md');
  const internal = ['lint', 'typecheck', 'release:version'];
  const undocumented = Object.keys(scripts).filter(
    (name) => !internal.includes(name) && !contributing.includes(`pnpm ${name}`),
  );
  expect(undocumented).toEqual([]);
});

it('lists every published package in the README, with its folder', () => {
  const readme = read('README.md');
  const links = readWorkspace(root)
    .packages.filter(isPublished)
    .map(({ manifest, folder }) => `[${manifest.name}](${folder})`);
  expect(links.filter((link) => !readme.includes(link))).toEqual([]);
});
