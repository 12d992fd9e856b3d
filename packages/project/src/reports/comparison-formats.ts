/** What a comparison of two reports can be rendered as. */
export const comparisonFormats = ['terminal', 'markdown', 'json'] as const;
export type ComparisonFormat = (typeof comparisonFormats)[number];
