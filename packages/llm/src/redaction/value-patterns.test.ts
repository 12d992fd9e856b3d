import { describe, expect, it } from 'vitest';
import { Redactor } from './redactor.js';

const masked = (text: string) =>
  new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (whole) => whole }).text(text);

/** Written in two parts, so that nobody takes the examples for keys that leaked. */
const key = (issuer: string, rest: string) => issuer + rest;
const letters = 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0dF';

describe('secrets told by their form', () => {
  it.each([
    ['AWS', key('AKIA', 'IOSFODNN7EXAMPLE')],
    ['AWS, temporary', key('ASIA', 'IOSFODNN7EXAMPLE')],
    ['GitHub', key('ghp_', letters)],
    ['GitHub, fine-grained', key('github_pat_', `11ABCDEFG0_${letters}`)],
    ['GitLab', key('glpat-', letters)],
    ['Slack bot', key('xoxb-', `123456789012-${letters}`)],
    ['Slack app', key('xapp-1-', `A012-${letters}`)],
    ['Stripe, live', key('sk_live_', letters)],
    ['Stripe, restricted', key('rk_test_', letters)],
    ['Stripe webhook', key('whsec_', letters)],
    ['OpenAI', key('sk-', letters)],
    ['OpenAI, project', key('sk-proj-', `${letters}_-x${letters}`)],
    ['Anthropic', key('sk-ant-api03-', `${letters}-_${letters}-AA`)],
    ['Google', key('AIza', `Sy${letters}x`)],
    ['Hugging Face', key('hf_', letters)],
    ['Databricks', key('dapi', '0123456789abcdef0123456789abcdef')],
    ['SendGrid', key('SG.', `${letters}.${letters}`)],
    ['npm', key('npm_', letters)],
    ['JSON web token', key('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x')],
  ])('masks a key of %s', (_, secret) => {
    expect(masked(`the key ${secret}, twice: "${secret}"`)).toBe('the key <token:1>, twice: "<token:1>"');
  });

  it.each([
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '<key:1>'],
    ['a -----BEGIN PGP PRIVATE KEY BLOCK-----\nx', 'a <key:1>'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZDEyMw==', 'Authorization: Basic <token:1>'],
    ['host=db password=s3cr3t!x user=me', 'host=db password=<secret:1> user=me'],
    ['https://x.ch/a?api_key=abc123&page=2', 'https://x.ch/a?api_key=<secret:1>&page=2'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', 'AWS_SECRET_ACCESS_KEY=<secret:1>'],
    ['DefaultEndpoints=x;AccountKey=Zm9vYmFy==;y', 'DefaultEndpoints=x;AccountKey=<secret:1>;y'],
    ['https://hooks.slack.com/services/T0000/B0000/abcdefghijkl', 'https://hooks.slack.com/services/<token:1>'],
  ])('masks the secret within %j', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    'password=NULL',
    "WHERE password = 'x'",
    'sk-learn pipelines are fine',
    'risk-adjusted-return-of-the-portfolio-2024',
    'tokens=5',
    'design=modern-and-bold',
  ])('keeps %j', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('leaves JSON around a secret whole', () => {
    const text = JSON.stringify([{ dsn: 'postgres://me:pw' }, { line: 'password=abc"x', mail: 'a@b.ch' }]);
    expect(JSON.parse(masked(text))).toHaveLength(2);
  });
});

describe('national ids', () => {
  it.each([
    ['ssn', '078-05-1120', '078-05-112'],
    ['nino', 'AB123456C', 'GB123456C'],
    ['nino', 'JG 10 37 59 A', 'JG 10 37 59 E'],
    ['ahv', '756.9217.0769.85', '756.9217.0769.84'],
    ['ahv', '7569217076985', '7569217076984'],
    ['nir', '2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
    ['nir', '255081416802538', '255081416802539'],
    ['dni', '12345678Z', '12345678A'],
    ['dni', 'X1234567L', 'X1234567A'],
    ['cf', 'RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
    ['cpf', '529.982.247-25', '529.982.247-26'],
    ['personnummer', '811228-9874', '811228-9873'],
    ['sin', '130 692 544', '130 692 545'],
  ])('masks a %s such as %s, and keeps %s', (category, valid, invalid) => {
    expect(masked(`id ${valid}.`)).toBe(`id <${category}:1>.`);
    expect(masked(`id ${invalid}.`)).toBe(`id ${invalid}.`);
  });

  it('keeps a CPF of equal digits, which nobody has', () => {
    expect(masked('111.111.111-11')).toBe('111.111.111-11');
  });
});

describe('phone numbers', () => {
  it.each([
    '+41 79 123 45 67',
    '+1 (415) 555-2671',
    '0041 79 123 45 67',
    '(555) 123-4567',
    '079 123 45 67',
    '0791234567',
    '06 12 34 56 78',
    '07700 900123',
    '(030) 12345678',
  ])('masks %s', (phone) => {
    expect(masked(`call ${phone} now`)).toBe('call <phone:1> now');
  });

  it.each([
    '01/02/2024',
    '01-02-2024 10:15',
    '2024-01-15 10:00:00',
    '0000012345',
    '0.123456789',
    '12345678901',
    '01:02:03',
    '10.0.12.255',
    '2024-01-02 03 04 05',
  ])('keeps %s', (text) => {
    expect(masked(text)).toBe(text);
  });
});

describe('cards and accounts', () => {
  it.each([
    ['card', '5555-5555-5555-4444', '5555-5555-5555-4445'],
    ['card', '6011111111111117', '6011111111111118'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 01'],
    ['iban', 'GB29NWBK60161331926819', 'GB28NWBK60161331926819'],
  ])('masks a %s such as %s, and keeps %s', (category, valid, invalid) => {
    expect(masked(`x ${valid} y`)).toBe(`x <${category}:1> y`);
    expect(masked(`x ${invalid} y`)).toBe(`x ${invalid} y`);
  });
});
