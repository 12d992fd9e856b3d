import { catalog, renderRuleTypeMarkdown, ruleTypes } from '@aegis/rules';
import { ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Connection } from '../tools/call.js';
import { textResource } from './text-resource.js';

const base = 'aegis://rules';

/** The rule types: all of them in a line each, and each with its parameters and an example. */
export const registerRuleTypes = ({ server }: Connection): void => {
  const all = { title: 'Rule types', description: 'Every rule type in a line. Read aegis://rules/{type} for one.' };
  server.registerResource('rule-types', base, { ...all, mimeType: 'text/markdown' }, () =>
    textResource(base, listing()),
  );
  const one = { title: 'Rule type', description: 'Parameters, edge cases and an example of a rule type.' };
  server.registerResource('rule-type', template, { ...one, mimeType: 'text/markdown' }, (uri, { type }) =>
    textResource(uri.href, pageOf(String(type), uri)),
  );
};

const names = ruleTypes.map(({ name }) => name);

const template = new ResourceTemplate(`${base}/{type}`, {
  list: undefined,
  complete: { type: (written) => names.filter((name) => name.startsWith(written)).slice(0, 100) },
});

const listing = (): string =>
  [
    '# Rule types',
    '',
    ...catalog(ruleTypes).map(({ name, category, summary }) => `- ${name} (${category}): ${summary}`),
  ].join('\n');

const pageOf = (name: string, uri: URL): string => {
  const type = ruleTypes.find((each) => each.name === name);
  if (type === undefined) throw new ResourceNotFoundError(uri.href);
  return renderRuleTypeMarkdown(type);
};
