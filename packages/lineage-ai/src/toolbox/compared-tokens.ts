const quoted = /('(?:[^']|'')*'|"[^"]*"|`[^`]*`)/;
const token = /<[a-z]+:\d+>/;
const comparisons: ReadonlySet<string> = new Set(['=', '==', '<>', '!=', '<', '>', '<=', '>=']);

/**
 * Whether tokens of masked values are compared with something and nothing else is done with them: what a function makes of a value
 * nobody would recognise as the value. SQL that cannot be cut into code and quoted text for certain compares nothing.
 */
export const onlyCompares = (sql: string): boolean => {
  if (/--|\/\*|#|\\|\$|'''|"""/.test(sql)) return false;
  const parts = sql.split(quoted);
  let isListed = false;
  return parts.every((part, index) => {
    if (index % 2 === 0) {
      isListed &&= /^\s*,\s*$/.test(part);
      return onlyComparesIn(part);
    }
    const before = parts[index - 1] ?? '';
    isListed ||= /\bin\s*\(\s*$/i.test(before);
    return !token.test(part) || isListed || isComparedAfter(before);
  });
};

/** Tokens without quotes around them, as numbers have none. */
const onlyComparesIn = (code: string): boolean => {
  const found = token.exec(code);
  if (!found) return true;
  const after = code.slice(found.index + found[0].length);
  return isComparedAfter(code.slice(0, found.index)) && onlyComparesIn(after);
};

const isComparedAfter = (code: string): boolean => {
  const [, operator] = /([=<>!~:\-|&^*%+/@?]+)\s*$/.exec(code) ?? [];
  return operator === undefined ? /\bi?like\s*$/i.test(code) : comparisons.has(operator);
};
