import { expect, it } from 'vitest';
import { loadRules } from '../load/load-rules.js';
import { ruleTypes } from '../types/index.js';
import { unique } from '../types/unique/unique.js';
import { renderRuleTypeMarkdown } from './rule-type-markdown.js';

it('renders a reference page', () => {
  expect(renderRuleTypeMarkdown(unique)).toMatchSnapshot();
});

it.each(ruleTypes.map((type) => [type.name, type] as const))('shows a rule of %s that loads', (_name, type) => {
  const text = /```yaml\n([^`]*)```/.exec(renderRuleTypeMarkdown(type))?.[1] ?? '';
  const { rules, warnings } = loadRules([{ file: 'example.yaml', text }]);
  expect(rules.map((rule) => rule.type)).toEqual([type.name]);
  expect(warnings).toEqual([]);
});
