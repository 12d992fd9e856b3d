import Big from 'big.js';

/** A number as it was written in a rules file. Its digits never pass through a float. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/** Whether a text is a number, why it is refused if not, and its plain decimal form if so. */
export type DecimalReading =
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'not-finite' }
  | { readonly kind: 'too-long' };

const decimalPattern = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,6})?$/i;
const radixPattern = /^[-+]?0(x[\da-f]+|o[0-7]+|b[01]+)$/i;
const notFinitePattern = /^[-+]?(\.?inf|infinity)$|^\.?nan$/i;

/** No engine keeps more digits, and an exponent of a few characters can ask for gigabytes of zeros. */
const maxDigits = 1000;

/**
 * Reads a number exactly: `1e3` is `1000`, `.5` is `0.5`, `0.10` is `0.1`, `0x1F` is `31`, `-0` is `0`.
 * More than 1,000 digits, written out, are refused.
 */
export const readDecimal = (written: string): DecimalReading => {
  const text = written.trim();
  if (notFinitePattern.test(text)) return { kind: 'not-finite' };
  if (text.length > maxDigits) return { kind: 'too-long' };
  if (radixPattern.test(text)) return { kind: 'decimal', text: fromRadix(text) };
  const exponent = decimalPattern.exec(text)?.[2];
  if (!decimalPattern.test(text)) return { kind: 'not-a-number' };
  if (Math.abs(Number(exponent?.slice(1) ?? 0)) > maxDigits) return { kind: 'too-long' };
  return { kind: 'decimal', text: plainDecimal(text) };
};

const fromRadix = (text: string): string => {
  const magnitude = BigInt(text.replace(/^[-+]/, '')).toString();
  return text.startsWith('-') && magnitude !== '0' ? `-${magnitude}` : magnitude;
};

const plainDecimal = (text: string): string => {
  const plain = new Big(text.replace(/^\+/, '')).toFixed();
  return plain === '-0' ? '0' : plain;
};

/**
 * The text of a number that is only compared with other values: the digits as written (`007`, `1.10`) where every
 * engine reads them, the plain decimal form otherwise (`1e3`, `.5`, `0x1F`), and `NaN`, `Infinity`, `-Infinity`.
 */
export const scalarText = ({ text }: ExactNumber): string => {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  const reading = readDecimal(text);
  if (reading.kind === 'decimal') return reading.text;
  if (reading.kind !== 'not-finite') return text;
  if (/nan/i.test(text)) return 'NaN';
  return text.startsWith('-') ? '-Infinity' : 'Infinity';
};
