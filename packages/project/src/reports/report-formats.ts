/** What a report can be rendered as. */
export const reportFormats = ['terminal', 'json', 'markdown', 'junit', 'sarif', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];
