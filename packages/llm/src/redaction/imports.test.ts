import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('loads nothing heavy: everything that is masked, masks with it', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const imported = sources.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, 'utf8');
    return [...text.matchAll(/^(import|export) (?!type\b)[^;]*? from '([^']+)';$/gms)].map(([, , from]) => from);
  });
  expect(new Set(imported.filter((from) => !from?.startsWith('./')))).toEqual(new Set(['node:crypto']));
});
