import type { ModelUsage } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { priceOf } from './model-price.js';

const usage = (counts: Partial<ModelUsage>): ModelUsage => ({
  ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  ...counts,
});

const at = Date.UTC(2026, 10, 28);

describe('priceOf', () => {
  it.each([
    // $1.00 in, $5.00 out, $0.10 cache read, $1.25 cache write per million
    ['anthropic', 'claude-haiku-4-5', { inputTokens: 1_000, outputTokens: 200 }, 0.001 + 0.001],
    [
      'anthropic',
      'claude-haiku-4-5',
      { inputTokens: 1_000, cacheReadTokens: 8_000, cacheWriteTokens: 4_000, outputTokens: 200 },
      0.001 + 0.0008 + 0.005 + 0.001,
    ],
    // $0.15 in, $0.60 out, $0.075 cache read
    [
      'openai',
      'gpt-4o-mini',
      { inputTokens: 2_000, cacheReadTokens: 6_000, outputTokens: 1_000, reasoningTokens: 400 },
      0.0003 + 0.00045 + 0.0006,
    ],
    // $0.80 in, $3.20 out, $0.20 cache read
    ['bedrock', 'amazon.nova-pro-v1:0', { inputTokens: 1_000, cacheReadTokens: 5_000, outputTokens: 500 }, 0.0034],
    // a tenth above the price at the vendor's own: $1.10 in, $5.50 out
    ['bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', { inputTokens: 1_000, outputTokens: 200 }, 0.0022],
    ['anthropic', 'claude-haiku-4-5-20251001', { inputTokens: 1_000_000 }, 1],
  ])('prices a call of %s/%s, cached tokens at their own price', (provider, model, counts, dollars) => {
    expect(priceOf(provider, model)?.costUsd(usage(counts), at)).toBeCloseTo(dollars, 10);
  });

  it('knows no price for models that nobody lists, and takes no other one', () => {
    expect(priceOf('openai', 'gpt-4o-mini-of-our-own')).toBeUndefined();
    expect(priceOf('acme', 'gpt-4o-mini')).toBeUndefined();
    expect(priceOf('openai', 'claude-haiku-4-5')).toBeUndefined();
    expect(priceOf('fake', 'scripted')).toBeUndefined();
  });

  it('counts nothing for models on one’s own machine', () => {
    expect(priceOf('ollama', 'llama3.2')?.costUsd(usage({ inputTokens: 1_000_000 }), at)).toBe(0);
  });
});
