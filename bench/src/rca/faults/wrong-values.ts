import type { Role } from '../pipeline/pipeline.js';

const defaults: { readonly [role in Role]?: string } = {
  amount: '0',
  count: '0',
  time: `TIMESTAMP '1970-01-01 00:00:00'`,
  day: `DATE '1900-01-01'`,
  category: `'unknown'`,
  text: `''`,
};

/** What stands where nothing was known. */
export const defaultOf = ({ role }: { readonly role: Role }): string => defaults[role] ?? '-1';

/** What is left of a value in a type that is too small for it. */
export const truncated = (role: Role, expression: string): string => {
  if (role === 'amount') return `trunc(${expression})`;
  if (role === 'time') return `date_trunc('day', ${expression})`;
  return `left(${expression}, ${role === 'text' ? 8 : 1})`;
};
