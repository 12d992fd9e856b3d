import fc from 'fast-check';

const codePoints = (min: number, max: number) => fc.integer({ min, max }).map((code) => String.fromCodePoint(code));

/** Text of any code points, lone surrogates and controls included, with as many from ASCII as from all the rest. */
export const anyText = (maxLength = 20): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(codePoints(0, 0x7f), codePoints(0x80, 0x2fff), codePoints(0x3000, 0x10ffff)), { maxLength })
    .map((characters) => characters.join(''));
