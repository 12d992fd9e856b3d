type Labels = { readonly [key: string]: string };

const longestPart = 63;

/** Keys and values of labels hold lower-case letters, digits, `_` and `-`. */
const part = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-')
    .slice(0, longestPart);

/**
 * `aegis run=01J… table=orders` as labels of a job: `aegis-run`, `aegis-table`. A label of another form is `aegis-label`.
 * @see https://cloud.google.com/bigquery/docs/labels-intro#requirements
 */
export const jobLabels = (label: string | undefined, own: Labels): Labels => {
  if (label === undefined) return { ...own };
  const pairs = [...label.matchAll(/(?<=^|\s)([a-z]\w*)=(\S+)/g)].map(([, key = '', value = '']) => [
    `aegis-${part(key)}`,
    part(value),
  ]);
  return { ...own, ...(pairs.length === 0 ? { 'aegis-label': part(label) } : Object.fromEntries(pairs)) };
};
