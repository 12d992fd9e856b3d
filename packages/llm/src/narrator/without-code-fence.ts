/** SQL without the Markdown that models put around it; all its lines otherwise. */
export const withoutCodeFence = (sql: string): string => {
  const [, inner] = /^\s*```[a-z]*[ \t]*\r?\n([\s\S]*?)\r?\n?```\s*$/i.exec(sql) ?? [];
  return (inner ?? sql).trim();
};
