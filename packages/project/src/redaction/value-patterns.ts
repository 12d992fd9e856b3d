/** A kind of personal or secret value that can be told by its form, wherever it stands in a text. */
export interface ValuePattern {
  readonly category: string;
  readonly pattern: RegExp;
  /** Tells a value from what only looks like one. */
  readonly accepts?: (text: string) => boolean;
}

const digitsOf = (text: string): number[] => [...text.replace(/\D/g, '')].map(Number);

/** The check digit of payment cards (ISO/IEC 7812-1). */
const passesLuhn = (text: string): boolean => {
  const sum = digitsOf(text)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit * 2))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return sum % 10 === 0;
};

/** The check digits of bank accounts (ISO 13616): the number modulo 97 is 1. */
const passesMod97 = (text: string): boolean => {
  const compact = text.replaceAll(' ', '');
  const digits = [...(compact.slice(4) + compact.slice(0, 4))].map((letter) => Number.parseInt(letter, 36)).join('');
  return [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0) === 1;
};

/** In the order of trying: what is found first is not looked at again. */
export const valuePatterns: readonly ValuePattern[] = [
  { category: 'key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { category: 'token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g },
  { category: 'token', pattern: /\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9]{16,}\b/g },
  {
    category: 'token',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{20,})/g,
  },
  { category: 'token', pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
  { category: 'token', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}/g },
  { category: 'token', pattern: /(?<=\bBearer\s+)[\w.~+/-]{16,}=*/gi },
  { category: 'password', pattern: /(?<=[a-z][a-z0-9+.-]*:\/\/[^/?#:@\s]*:)[^/?#@\s]+(?=@)/gi },
  {
    category: 'email',
    pattern: /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu,
  },
  {
    category: 'iban',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    accepts: passesMod97,
  },
  {
    category: 'card',
    pattern:
      /(?<![\d.-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\d-]|\.\d)|(?<![\d.-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\d-]|\.\d)/g,
    accepts: passesLuhn,
  },
  { category: 'ssn', pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g },
  { category: 'phone', pattern: /(?<![\w.+])\+\d(?:[\s().-]{0,2}\d){7,14}(?!\d)/g },
  { category: 'phone', pattern: /(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])/g },
];
