/** JSON that nobody checked yet. */
export interface JsonRecord {
  readonly [key: string]: unknown;
}

const nothing: JsonRecord = {};

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that a value is; an empty one where it is none. */
export const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : nothing);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Text that says something, else `undefined`. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A whole number as a decimal string, else `null`. */
export const countOf = (value: unknown): string | null => {
  if (typeof value === 'number')
    return Number.isFinite(value) && value >= 0 ? BigInt(Math.trunc(value)).toString() : null;
  return typeof value === 'string' && /^\d+$/.test(value) ? value : null;
};

/** ISO 8601 ending in `Z`; `null` where the text is no timestamp. */
export const instantOf = (value: unknown): string | null => {
  const text = textOf(value);
  const date = text !== undefined && /^\d{4}-\d\d-\d\d/.test(text) ? new Date(zoned(text)) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
};

/** A timestamp without a zone is in UTC. */
const zoned = (text: string): string =>
  /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !/[T ]\d/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
