/** What may stand around counts without bringing a value with it. */
const harmless =
  /^(?:round|nullif|coalesce|greatest|least|abs|cast|as|double|precision|float|integer|bigint|decimal|numeric)$/i;

/** Whether an expression gives nothing but counts, and what is computed from counts alone. */
export const isOnlyCounted = (expression: string): boolean => {
  const outside = withoutCounts(expression);
  if (outside === expression) return false;
  return (
    /^[\s\d\w.,+\-*/%():]*$/.test(outside) &&
    (outside.match(/[\p{L}_]\w*/gu) ?? []).every((word) => harmless.test(word))
  );
};

/** The text without `count(…)` and its `FILTER (…)`. */
const withoutCounts = (text: string): string => {
  const found = /\b(?:count|count_if|countif)\s*\(/i.exec(text);
  if (!found) return text;
  let end = endOfBrackets(text, found.index + found[0].length - 1);
  const filter = /^\s*filter\s*\(/i.exec(text.slice(end));
  if (filter) end = endOfBrackets(text, end + filter[0].length - 1);
  return `${text.slice(0, found.index)} ${withoutCounts(text.slice(end))}`;
};

/** After the bracket that closes the one at `open`; text in quotes is passed over. */
const endOfBrackets = (text: string, open: number): number => {
  let depth = 0;
  for (const match of text.slice(open).matchAll(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|[()]/g)) {
    if (match[0] === '(') depth += 1;
    else if (match[0] === ')' && --depth === 0) return open + match.index + 1;
  }
  return text.length;
};
