/** A value that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * One cell of a result as an adapter hands it over: JSON-safe by column type, never by value.
 * 64-bit and wider integers and decimals are strings; `NaN` and infinities are `'NaN'`, `'Infinity'`, `'-Infinity'`;
 * zoned timestamps are ISO 8601 ending in `Z`, naive ones carry no zone, all fractional digits kept; bytes are base64.
 */
export type Cell = JsonValue;

/** One row of a result, keyed by column name in the order of the statement. */
export type Row = { readonly [column: string]: Cell };
