import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { responseSchema } from './response-schema.js';

describe('responseSchema', () => {
  it('writes a schema in the words that every vendor takes, and tells bounds in the description', () => {
    const schema = z.object({
      severity: z.enum(['high', 'low']),
      reason: z.string().min(1).max(500).describe('Why.'),
      evidence: z.array(z.string()).max(5),
      share: z.number().min(0).max(100).nullable(),
      count: z.int().optional(),
    });
    expect(responseSchema(schema)).toEqual({
      type: 'object',
      properties: {
        severity: { type: 'string', enum: ['high', 'low'] },
        reason: { type: 'string', description: 'Why. (minLength 1, maxLength 500)' },
        evidence: { type: 'array', items: { type: 'string' }, description: '(maxItems 5)' },
        share: {
          anyOf: [{ type: 'number', description: '(minimum 0, maximum 100)' }, { type: 'null' }],
        },
        count: { type: 'integer' },
      },
      required: ['severity', 'reason', 'evidence', 'share'],
      additionalProperties: false,
    });
  });

  it('keeps alternatives, constants and recursion', () => {
    const node: z.ZodType = z.lazy(() => z.object({ children: z.array(node) }));
    expect(
      responseSchema(z.object({ one: z.discriminatedUnion('k', [z.object({ k: z.literal('a') })]) })),
    ).toMatchObject({
      properties: { one: { anyOf: [{ properties: { k: { type: 'string', enum: ['a'] } } }] } },
    });
    expect(JSON.stringify(responseSchema(z.object({ root: node })))).toMatch(
      /"\$ref":"#\/\$defs\/.*"\$defs":|"\$defs":.*"\$ref"/,
    );
  });

  it('leaves a column called like a word of the schema language alone', () => {
    expect(responseSchema(z.object({ minimum: z.string(), properties: z.string() }))).toMatchObject({
      properties: { minimum: { type: 'string' }, properties: { type: 'string' } },
    });
  });

  it('tells what is asked for, not what it is turned into', () => {
    expect(responseSchema(z.object({ sql: z.string().transform((text) => text.length) }))).toMatchObject({
      properties: { sql: { type: 'string' } },
    });
  });
});
