const kinds: { readonly [word: string]: string } = {
  record: 'a mapping',
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  undefined: 'nothing',
  null: 'nothing',
};

const kind = (word: string | undefined): string => kinds[word ?? ''] ?? String(word);

/** What a schema says, in the words of somebody who writes YAML. */
export const issueWords = (message: string): string => {
  const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (expected !== undefined) return `must be ${kind(expected)}, not ${kind(received)}`;
  const [, sign, limit] = /^Too (?:big|small): expected \w+ to be ([<>]=?)(\S+)$/.exec(message) ?? [];
  if (sign !== undefined) return `must be ${bounds[sign]} ${limit}`;
  return message.charAt(0).toLowerCase() + message.slice(1);
};

const bounds: { readonly [sign: string]: string } = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
};
