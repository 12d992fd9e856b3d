import { isMapping } from '../source/values.js';

const place = /\$\{(?:var\.)?\s*([\p{L}_][\p{L}\p{N}_.]*)\s*\}/gu;

/** The value with the variables that the file gives values to. */
export const filledIn = (value: unknown, variables: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return value.replaceAll(place, (text, name: string) => variables.get(name) ?? text);
  if (Array.isArray(value)) return value.map((each) => filledIn(each, variables));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [filledText(key, variables), filledIn(each, variables)]),
  );
};

const filledText = (text: string, variables: ReadonlyMap<string, string>): string => String(filledIn(text, variables));

/** The first variable, or template, that is still open. */
export const openVariable = (value: unknown): string | undefined => {
  const [open] = /\$\{[^}]*\}|\{\{[^}]*\}\}/.exec(JSON.stringify(value) ?? '') ?? [];
  return open;
};
