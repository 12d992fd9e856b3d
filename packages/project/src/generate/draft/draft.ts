import type { JsonObject, Severity } from '@aegis/spec';

/** A rule before it was checked. */
export interface Draft {
  /** What its id says after the name of the table, e.g. `order_id_unique`. */
  readonly name: string;
  readonly type: string;
  /** `logic` without the type. */
  readonly logic: JsonObject;
  readonly where?: string | undefined;
  readonly severity: Severity;
  /** The fact that it rests on, in a sentence. */
  readonly description: string;
  /** More for who reads the file: one line each. */
  readonly comments: readonly string[];
  readonly origin: 'profile' | 'document' | 'model';
  /** How much it is worth: what does not fit is left out from below. */
  readonly value: number;
}

/** What drafting needs to know besides the profile. */
export interface DraftContext {
  /** ISO 8601 ending in `Z`. */
  readonly now: string;
  /** IANA zone of naive timestamps. */
  readonly timezone: string;
  /** Whether a value of a column, or any of its values, must not be written into a rules file. */
  readonly isPersonal: (column: string, value?: string) => boolean;
  /** Whether a rule of this type on these columns is there already. */
  readonly isCovered: (type: string, columns: readonly string[]) => boolean;
}
