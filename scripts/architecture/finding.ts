/** Something that a check has to say about a place in the repository. */
export interface Finding {
  /** Relative to the root; with `:line` where there is one. */
  readonly place: string;
  readonly message: string;
  /** A warning is shown and does not fail the check. */
  readonly level: 'error' | 'warning';
}

export const error = (place: string, message: string): Finding => ({ place, message, level: 'error' });
export const warning = (place: string, message: string): Finding => ({ place, message, level: 'warning' });
