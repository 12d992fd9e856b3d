import { ruleTypes } from '@aegis/rules';
import { expect, it } from 'vitest';
import { referencePages } from './pages.js';

const pages = referencePages();

it('has a page for every rule type, and the index links to each', () => {
  const index = pages.get('rules/index.md') ?? '';
  for (const { name } of ruleTypes) {
    expect(pages.get(`rules/${name}.md`)).toContain(`# \`${name}\``);
    expect(index).toContain(`(${name}.md)`);
  }
});

it('lists every family of errors', () => {
  const headings = [...(pages.get('errors.md') ?? '').matchAll(/^## (.+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(['config', 'rule', 'plan', 'warehouse', 'model', 'guard', 'lineage', 'audit']);
});

it('says of every error code what it means', () => {
  expect([...(pages.get('errors.md') ?? '').matchAll(/^\| (`[^`]+`) \| {2}\|/gm)].map(([, code]) => code)).toEqual([]);
});
