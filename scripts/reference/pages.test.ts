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

it('prints the help of every command that people see', () => {
  const headings = [...(pages.get('cli.md') ?? '').matchAll(/^## (.+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(expect.arrayContaining(['aegis', 'aegis run', 'aegis rules show', 'aegis audit list-runs']));
  expect(headings.filter((name) => /help|complete$/.test(name ?? ''))).toEqual([]);
  expect(pages.get('cli.md')).toContain('--output-json <file>');
});

it('says of every key of aegis.yaml what it means', () => {
  expect([...(pages.get('configuration.md') ?? '').matchAll(/^\| (`[^`]+`) .*\| {2}\|$/gm)]).toEqual([]);
});

it('lists the fields of the report down to its results', () => {
  expect(pages.get('report.md')).toContain('| `results[].effective_severity` |');
});
