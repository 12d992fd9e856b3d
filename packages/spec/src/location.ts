/** Where something was written. Lines and columns count from 1, as editors show them. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `rules.yaml:12:5`, the form that terminals and editors turn into a link. */
export const formatLocation = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column}`;

/** A place within one text. Lines and columns count from 1. */
export type TextPosition = Pick<SourceLocation, 'line' | 'column'>;
