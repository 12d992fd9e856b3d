import { describe, expect, it } from 'vitest';
import { columnCategory } from './column-policy.js';

const category = (column: string) => columnCategory(column, { maskColumns: [], keepColumns: [] });

describe('columnCategory', () => {
  it.each([
    ['customerName', 'name'],
    ['LAST_NAME', 'name'],
    ['Vorname', 'name'],
    ['prenom', 'name'],
    ['username', 'name'],
    ['billing_e_mail', 'email'],
    ['Telefon', 'phone'],
    ['home-phone', 'phone'],
    ['strasse', 'address'],
    ['ip_address', 'address'],
    ['geburtsdatum', 'birth'],
    ['dateOfBirth', 'birth'],
    ['passport_no', 'ssn'],
    ['ahv_nummer', 'ssn'],
    ['driver_license', 'ssn'],
    ['card_number', 'card'],
    ['iban', 'iban'],
    ['api_key', 'secret'],
    ['passwordHash', undefined],
    ['password', 'secret'],
    ['product_name', undefined],
    ['telemetry', undefined],
    ['nominal', undefined],
  ])('says of %s: %s', (column, expected) => {
    expect(category(column)).toBe(expected);
  });
});
