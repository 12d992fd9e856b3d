const digitsOf = (text: string): readonly number[] => [...text.replace(/\D/g, '')].map(Number);

const lettersAndDigitsOf = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toUpperCase();

const weighted = (digits: readonly number[], weightOf: (index: number) => number): number =>
  digits.reduce((sum, digit, index) => sum + digit * weightOf(index), 0);

/** Payment cards (ISO/IEC 7812-1), Swedish and Canadian ids. */
export const passesLuhn = (text: string): boolean => {
  const sum = [...digitsOf(text)]
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit : digit * 2))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return sum % 10 === 0;
};

/** Bank accounts (ISO 13616): the number modulo 97 is 1. */
export const passesMod97 = (text: string): boolean => {
  const compact = lettersAndDigitsOf(text);
  const digits = [...(compact.slice(4) + compact.slice(0, 4))].map((letter) => Number.parseInt(letter, 36)).join('');
  return [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0) === 1;
};

/** Swiss AHV numbers end in the check digit of EAN-13. */
export const passesEan13 = (text: string): boolean =>
  weighted(digitsOf(text), (index) => (index % 2 === 0 ? 1 : 3)) % 10 === 0;

/** French NIR: the last two digits are 97 minus the others modulo 97; the departments of Corsica count as 19 and 18. */
export const passesNir = (text: string): boolean => {
  const compact = lettersAndDigitsOf(text).replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(compact.slice(0, 13)) % 97n) === Number(compact.slice(13));
};

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish DNI and NIE: the letter is the number modulo 23; X, Y and Z stand for 0, 1 and 2. */
export const passesDni = (text: string): boolean => {
  const compact = lettersAndDigitsOf(text);
  const number = compact.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return dniLetters[Number(number) % 23] === compact.at(-1);
};

const cpfDigit = (digits: readonly number[]): number =>
  ((weighted(digits, (index) => digits.length + 1 - index) * 10) % 11) % 10;

/** Brazilian CPF: two check digits modulo 11; eleven equal digits pass and are none. */
export const passesCpf = (text: string): boolean => {
  const digits = digitsOf(text);
  if (new Set(digits).size === 1) return false;
  return cpfDigit(digits.slice(0, 9)) === digits[9] && cpfDigit(digits.slice(0, 10)) === digits[10];
};

const oddPlaces = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian codice fiscale: places count from 1, and letters and digits at odd places have values of their own. */
export const passesCodiceFiscale = (text: string): boolean => {
  const compact = lettersAndDigitsOf(text);
  const values = [...compact.slice(0, 15)].map((letter) => Number.parseInt(letter, 36));
  const sum = values.reduce((total, value, index) => {
    const place = value > 9 ? value - 10 : value;
    return total + (index % 2 === 0 ? (oddPlaces[place] ?? 0) : place);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === compact.at(-1);
};
