/** A kind of personal or secret value that can be told by its form, wherever it stands in a text. */
export interface ValuePattern {
  readonly category: string;
  readonly pattern: RegExp;
  /** Tells a value from what only looks like one. */
  readonly accepts?: (text: string) => boolean;
}
