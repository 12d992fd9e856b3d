import { Redactor } from '@aegis/llm/redaction';
import { expect, it } from 'vitest';
import type { DocumentPart } from '../documents/split-document.js';
import type { AnsweredRule } from './prompt.js';
import { readAnswer } from './read-answer.js';

const redactor = new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (text) => text });

const answered = (changes: Partial<AnsweredRule> = {}): AnsweredRule => ({
  ...{ name: 'discount_at_most_half', type: 'between', params: '{ column: discount, min_value: 0, max_value: 0.5 }' },
  ...{ where: null, severity: 'high', description: 'Discounts end at half.', source: null, ...changes },
});

const document = (text: string): DocumentPart => ({ name: 'policies.md', number: 1, of: 1, text });

const read = (changes: Partial<AnsweredRule>, documents: readonly DocumentPart[] = []) =>
  readAnswer(answered(changes), 3, { redactor, documents });

it('becomes a draft', () => {
  expect(read({})).toEqual({
    draft: {
      ...{ name: 'discount_at_most_half', type: 'between', severity: 'high', description: 'Discounts end at half.' },
      ...{ logic: { column: 'discount', min_value: 0, max_value: 0.5 }, comments: [], origin: 'model', value: 71.97 },
    },
  });
});

it('rests on a document only where the document says so', () => {
  const documents = [document('## Prices\n\nA discount is *never*\n more than 50 %. Really.')];
  const source = 'A discount is never more than 50 %.';
  expect(read({ source }, documents)).toMatchObject({
    draft: { origin: 'document', comments: [`policies.md: “${source}”`], value: 91.97 },
  });
  expect(read({ source: 'A discount is never more than 40 %.' }, documents)).toMatchObject({
    draft: { origin: 'model', comments: [] },
  });
  expect(read({ source: 'A' }, documents)).toMatchObject({ draft: { origin: 'model' } });
});

it.each([
  ['}{', /^params is no YAML: /],
  ['[a, b]', /^params must be a mapping/],
  ['just text', /^params must be a mapping/],
  ['a: &a [x]\nb: *a', /^params is no YAML: /],
  [`{ values: [${'x'.repeat(20_001)}] }`, /^params is too long/],
])('with params that are none is a problem: %s', (params, problem) => {
  expect(read({ params })).toMatchObject({ problem: expect.stringMatching(problem) });
});

it('keeps every digit of a whole number, and no type among the params', () => {
  expect(read({ params: '{ type: x, column: id, max_value: 12345678901234567890, min_value: 7 }' })).toMatchObject({
    draft: { logic: { column: 'id', max_value: '12345678901234567890', min_value: 7 } },
  });
  expect(read({ params: '' })).toMatchObject({ draft: { logic: {} } });
});

it('takes a severity and a condition leniently', () => {
  expect(read({ severity: ' HIGH ', where: '  ' })).toMatchObject({ draft: { severity: 'high' } });
  expect(read({ severity: 'terrible', where: 'a > 1' })).toMatchObject({
    draft: { severity: 'medium', where: 'a > 1' },
  });
  expect(read({ where: ' ' })).not.toHaveProperty('draft.where');
});

it('gets masked values back, and none of them breaks out of SQL', () => {
  const token = redactor.text("o'brien@example.com");
  const masked = redactor.text("Write to o'brien@example.com!");
  expect(masked).toBe(`Write to ${token}!`);
  expect(
    read({
      params: `{ column: contact, values: ["${token}"], expression: "contact <> '${token}'" }`,
      where: `contact = '${token}'`,
      description: masked,
    }),
  ).toMatchObject({
    draft: {
      logic: { values: ["o'brien@example.com"], expression: "contact <> 'o''brien@example.com'" },
      where: "contact = 'o''brien@example.com'",
      description: "Write to o'brien@example.com!",
    },
  });
});

it('cannot act on a terminal or break out of a comment', () => {
  const source = 'Line one\nlogic: { type: custom_sql }\u001b[2J';
  expect(read({ source, description: 'a\u001b[2J\n\nb' }, [document(source)])).toMatchObject({
    draft: { description: 'a [2J b', comments: ['policies.md: “Line one logic: { type: custom_sql } [2J”'] },
  });
  expect(read({ description: 'x'.repeat(500) })).toMatchObject({ draft: { description: `${'x'.repeat(299)}…` } });
});
