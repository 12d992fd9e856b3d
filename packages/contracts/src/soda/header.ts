/** What a section of a file of checks is about. */
export type Header =
  | { readonly kind: 'checks'; readonly table: string; readonly partition: string | undefined }
  | { readonly kind: 'filter'; readonly table: string; readonly partition: string | undefined }
  | { readonly kind: 'configurations'; readonly table: string }
  | { readonly kind: 'each dataset' }
  | { readonly kind: 'each column' }
  | { readonly kind: 'source checks' }
  | { readonly kind: 'variables' }
  | { readonly kind: 'setting' }
  | { readonly kind: 'unknown' };

const named =
  /^(checks|filter|configurations) (?:for )?(?<table>"(?:[^"]|"")+"|`[^`]+`|[^\s[]+)(?:\s*\[(?<partition>[^\]]+)\])?$/;

/** Sections that ask Soda to collect something; they check nothing. */
const settings = /^(profile columns|discover (datasets|tables)|sample (datasets|tables))/;

/** Reads the key of a section, e.g. `checks for orders [daily]`. */
export const readHeader = (text: string): Header => {
  const header = text.trim();
  if (header === 'checks') return { kind: 'source checks' };
  if (header === 'variables') return { kind: 'variables' };
  if (settings.test(header)) return { kind: 'setting' };
  if (/^(checks )?for each (dataset|table) /.test(header)) return { kind: 'each dataset' };
  if (/^(checks )?for each column /.test(header)) return { kind: 'each column' };
  return ofTable(header);
};

const ofTable = (header: string): Header => {
  const { 1: kind, groups: { table, partition } = {} } = named.exec(header) ?? { 1: undefined };
  if (table === undefined) return { kind: 'unknown' };
  const name = table.startsWith('`') ? `"${table.slice(1, -1)}"` : table;
  if (kind === 'configurations') return { kind, table: name };
  return { kind: kind === 'filter' ? 'filter' : 'checks', table: name, partition: partition?.trim() };
};
