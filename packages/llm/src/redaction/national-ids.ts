import { passesCodiceFiscale, passesCpf, passesDni, passesEan13, passesLuhn, passesNir } from './check-digits.js';
import type { ValuePattern } from './value-pattern.js';

/** Numbers that a state gave a person. Forms without a check digit are taken only with their separators. */
export const nationalIds: readonly ValuePattern[] = [
  // United States
  { category: 'ssn', pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g },
  // United Kingdom
  {
    category: 'nino',
    pattern:
      /(?<![\p{L}\p{N}])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu,
  },
  // Switzerland
  { category: 'ahv', pattern: /(?<![\d.])756\.?\d{4}\.?\d{4}\.?\d{2}(?![\d.]\d|\d)/g, accepts: passesEan13 },
  // France
  {
    category: 'nir',
    pattern: /(?<![\w.])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w.]\d|\w)/g,
    accepts: passesNir,
  },
  // Spain
  { category: 'dni', pattern: /(?<![\w-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/g, accepts: passesDni },
  // Italy
  {
    category: 'cf',
    pattern: /(?<!\w)[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z](?!\w)/g,
    accepts: passesCodiceFiscale,
  },
  // Brazil
  { category: 'cpf', pattern: /(?<![\d.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\d-])/g, accepts: passesCpf },
  // Sweden
  {
    category: 'personnummer',
    pattern: /(?<![\d-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}(?![\d-])/g,
    accepts: passesLuhn,
  },
  // Canada
  { category: 'sin', pattern: /(?<![\d-])[1-79]\d{2}([ -])\d{3}\1\d{3}(?![\d-]|[ .]\d)/g, accepts: passesLuhn },
];
