const safeDigits = 15;

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** The engine hands a number's text to the reviver, which TypeScript's declarations do not know. */
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** JSON with whole numbers that a double may not hold as text: bigints are numbers on the wire. */
export const parseJson = (text: string): unknown =>
  parse(text, (_, value, { source = '' }) => (typeof value === 'number' && isLong(source) ? source : value));

const isLong = (source: string): boolean => source.length > safeDigits && /^-?\d+$/.test(source);
