const longestLabel = 200;

/** The statement with a label in a comment before it, which the label cannot end. Every other sign becomes a space. */
export const labelled = (sql: string, label: string | undefined): string => {
  const text = label?.replace(/[^\p{L}\p{N} _=.:@,-]/gu, ' ').slice(0, longestLabel);
  return text ? `/* ${text} */ ${sql}` : sql;
};
