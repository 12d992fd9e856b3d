import type { ModelUsage } from '@aegis/spec';
import { expect } from 'vitest';
import type { Law } from '../law.js';
import type { Stage } from '../stage.js';

const usageOf = async (stage: Stage, usage: Partial<ModelUsage>): Promise<ModelUsage> =>
  (await stage.answerTo({ kind: 'answer', text: 'Seven.', usage })).usage;

export const usageLaws: readonly Law[] = [
  {
    sentence: 'are those of the vendor, and 0 where it counts nothing',
    check: async (stage) => {
      expect(await usageOf(stage, { inputTokens: 123, outputTokens: 45 })).toEqual({
        inputTokens: 123,
        outputTokens: 45,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        reasoningTokens: 0,
      });
    },
  },
  {
    sentence: 'keep what was read from a cache apart from the input',
    needs: 'cachedUsage',
    check: async (stage) => {
      expect(await usageOf(stage, { inputTokens: 100, cacheReadTokens: 40, outputTokens: 5 })).toMatchObject({
        inputTokens: 100,
        cacheReadTokens: 40,
      });
    },
  },
  {
    sentence: 'keep what was written into a cache apart from the input',
    needs: 'cacheWriteUsage',
    check: async (stage) => {
      const usage = { inputTokens: 100, cacheReadTokens: 40, cacheWriteTokens: 10, outputTokens: 5 };
      expect(await usageOf(stage, usage)).toMatchObject(usage);
    },
  },
  {
    sentence: 'count what the model thought as a part of the output',
    needs: 'reasoningUsage',
    check: async (stage) => {
      expect(await usageOf(stage, { inputTokens: 1, outputTokens: 50, reasoningTokens: 20 })).toMatchObject({
        outputTokens: 50,
        reasoningTokens: 20,
      });
    },
  },
];
