/** What `--format` of the lineage commands takes. */
export const lineageFormats = ['tree', 'mermaid', 'dot', 'json'] as const;

export type LineageFormat = (typeof lineageFormats)[number];
