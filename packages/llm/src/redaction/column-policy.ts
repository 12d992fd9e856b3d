import { isSecretName } from './secret-names.js';

/** What aegis.yaml says about columns beyond the built-in names. Compared without case. */
export interface ColumnPolicy {
  readonly maskColumns: readonly string[];
  readonly keepColumns: readonly string[];
}

interface NamedCategory {
  readonly category: string;
  /** Tested on the name in snake_case. */
  readonly name: RegExp;
}

const people =
  'first|last|middle|full|given|family|maiden|nick|legal|user|customer|client|contact|person|employee|patient|member|holder|owner|guest|author';

const categories: readonly NamedCategory[] = [
  { category: 'email', name: /(^|_)(e_?mail|mail)(_address|_addr)?($|_)/ },
  { category: 'phone', name: /(^|_)(phone|mobile|telephone|tel|telefon|natel|fax|msisdn)(_|$)/ },
  { category: 'ssn', name: /(^|_)(ssn|social_security|national_id|passport|tax_id|driver_?licen[cs]e|ahv|nino)(_|$)/ },
  { category: 'name', name: new RegExp(`^name$|^surname$|^(vor|nach|familien)name$|^prenom$|(^|_)(${people})_?name$`) },
  { category: 'address', name: /(^|_)(street|address|addr|strasse|adresse)(_|$|\d)/ },
  { category: 'birth', name: /(^|_)(dob|birth_?date|birth_?day|date_of_birth|geburtsdatum|date_(de_)?naissance)(_|$)/ },
  { category: 'iban', name: /(^|_)iban(_|$)/ },
  { category: 'card', name: /(^|_)(credit_?card|card_?(number|no|num)|pan|cvv|cvc)(_|$)/ },
];

/** What a column of this name holds, when its values are to be masked whatever they look like. */
export const columnCategory = (column: string, policy: ColumnPolicy): string | undefined => {
  if (listed(column, policy.maskColumns)) return 'masked';
  if (listed(column, policy.keepColumns)) return undefined;
  const name = snakeCase(column);
  if (isSecretName(name)) return 'secret';
  return categories.find((candidate) => candidate.name.test(name))?.category;
};

const listed = (column: string, names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase() === column.toLowerCase());

const snakeCase = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .toLowerCase();
