import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const start = fileURLToPath(new URL('start.mjs', import.meta.url));

/** Node that takes itself for another version. */
const asNode = (version: string): string => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); process.argv[2] = 'verdict';`;
  const code = `${pretend} await import(${JSON.stringify(start)});`;
  try {
    return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8', env: {} });
  } catch (error) {
    return String((error as { readonly stdout?: string }).stdout);
  }
};

it.each(['20.20.2', '22.17.1'])('says which Node it needs on %s', (version) => {
  expect(asNode(version)).toMatch(/^::error title=Aegis::This action needs Node 22\.18 or later, and v\d+/);
});

it.each(['22.18.0', '24.1.0'])('goes on with Node %s', (version) => {
  expect(asNode(version)).toBe(
    '::error title=Aegis::The input rules is empty. Name a rules file or folder, e.g. rules/.\n',
  );
});
