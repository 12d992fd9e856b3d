const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Whether the text holds Jinja that only dbt can fill in. */
export const isTemplate = (sql: string): boolean => /\{[{%#]/.test(sql);

/** Whether the condition reads other rows or tables: `where` and expressions of rules look at one row. */
export const readsMore = (sql: string): boolean =>
  /\bselect\b|\bover\s*\(|\b(count|sum|avg|min|max)\s*\(/i.test(sql.replaceAll(quoted, "''"));

/** Whether the condition means the same between parentheses: brackets, quotes and comments in it are closed. */
export const standsAlone = (sql: string): boolean => {
  const rest = sql.replaceAll(quoted, ' ');
  // Engines that escape quotes by backslashes read other strings.
  if (!sql.includes('\\') && /['"`]|\/\*/.test(rest)) return false;
  let depth = 0;
  for (const [bracket] of rest.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
};

/** Conditions that must all hold; each keeps its own `or`. */
export const allOf = (conditions: readonly (string | undefined)[]): string | undefined => {
  const given = conditions.filter((sql) => sql !== undefined).filter((sql) => sql.trim() !== '');
  return given.length > 1 ? given.map(parenthesized).join(' and ') : given[0];
};

/** The name of a column without its quotes; `undefined` for what is an expression. */
export const plainColumn = (text: string, known: readonly string[] = []): string | undefined => {
  const trimmed = text.trim();
  if (known.includes(trimmed)) return trimmed;
  const [, double, back, square] = /^(?:"((?:[^"]|"")+)"|`([^`]+)`|\[([^\]]+)\])$/.exec(trimmed) ?? [];
  const name = double?.replaceAll('""', '"') ?? back ?? square;
  return name ?? (/^[\p{L}_][\p{L}\p{N}_$]*$/u.test(trimmed) ? trimmed : undefined);
};

/** The query without what may not follow it where it becomes part of another. */
export const withoutEnd = (sql: string): string => sql.trim().replace(/(\s|;)+$/, '');

/** A query or a condition in parentheses; a comment at its end must not reach them. */
export const parenthesized = (sql: string): string => (/--[^\n]*$/.test(sql) ? `(${sql}\n)` : `(${sql})`);

/** A number as SQL writes it, from what YAML made of it. */
export const numberText = (value: unknown): string | undefined => {
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? value.trim() : undefined;
};
