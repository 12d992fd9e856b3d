import { maxSourceLength } from '@aegis/rules/conversion';
import { ConfigError } from '@aegis/spec';
import { isMapping } from '../source/values.js';

const place = /\$\{(?:var\.)?\s*([\p{L}_][\p{L}\p{N}_.]*)\s*\}/gu;

/** A text with values in place of variables. @throws ConfigError `invalid` */
export type Fill = (text: string) => string;

/** Fills in the variables that a file gives values to, until the texts of the file have grown by what a file may have. */
export const fillOf = (variables: ReadonlyMap<string, string>): Fill => {
  let left = maxSourceLength;
  const filling = (text: string, name: string): string => {
    const value = variables.get(name) ?? text;
    left -= value.length;
    if (left < 0) throw tooLong();
    return value;
  };
  return (text) => text.replaceAll(place, filling);
};

const tooLong = (): ConfigError =>
  new ConfigError('invalid', 'the variables make more than 10 MB of the checks', {
    hint: 'Give them shorter values, or split the file.',
  });

/** The value with every text in it filled in, keys too. */
export const filledIn = (value: unknown, fill: Fill): unknown => {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((each) => filledIn(each, fill));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [fill(key), filledIn(each, fill)]));
};

/** The first variable, or template, that is still open. */
export const openVariable = (value: unknown): string | undefined => {
  const [open] = /\$\{[^}]*\}|\{\{[^}]*\}\}/.exec(JSON.stringify(value) ?? '') ?? [];
  return open;
};
