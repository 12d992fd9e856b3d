/** Text as a constant; DuckDB knows no escapes in it but the doubled quote. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A list of texts as a constant. */
export const list = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`;
