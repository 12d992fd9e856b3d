import type { LanguageModel, ModelMessage, ModelRequest } from '@aegis/spec';
import { describe, expect, it, type TestContext } from 'vitest';
import { orderTools, verdictSchema } from './laws/samples.js';
import type { ModelKit } from './model-kit.js';

const slowMs = 60_000;

/** The laws that only the vendor itself can prove; skipped without credentials. */
export const realService = (kit: ModelKit): void => {
  if (!kit.real) return;
  const modelOf = (context: TestContext): LanguageModel => {
    const { model, missing } = kit.real?.() ?? { model: undefined, missing: 'real' };
    return model ?? context.skip(`credentials: ${missing} is not set`);
  };

  describe('the real service', () => {
    it('answers, and counts tokens', { timeout: slowMs }, async (context) => {
      const answer = await modelOf(context).generate(asking('Answer with the single word "seven".'));
      expect(answer.text.toLowerCase()).toContain('seven');
      expect(answer.finishReason).toBe('stop');
      expect(answer.usage.inputTokens).toBeGreaterThan(0);
      expect(answer.usage.outputTokens).toBeGreaterThan(0);
    });

    it('binds its answer to a schema', { timeout: slowMs }, async (context) => {
      const answer = await modelOf(context).generate({
        ...asking('7 of 9 orders have no customer because of a late file. Judge the table.'),
        responseSchema: verdictSchema,
      });
      expect(answer.object).toMatchObject({ verdict: expect.stringMatching(/^(good|bad)$/), rows: expect.any(Number) });
    });

    it('calls tools, and takes their results', { timeout: 2 * slowMs }, async (context) => {
      const model = modelOf(context);
      const first = asking('How many rows has the table orders? Use the tool count_rows, then tell me.');
      const calling = await model.generate({ ...first, tools: orderTools });
      expect(calling.finishReason).toBe('tool_calls');
      expect(calling.toolCalls[0]).toMatchObject({ name: 'count_rows', arguments: { table: 'orders' } });
      const { text: content, toolCalls, providerState } = calling;
      const messages: readonly ModelMessage[] = [
        ...first.messages,
        { role: 'assistant', content, toolCalls, ...(providerState !== undefined && { providerState }) },
        ...toolCalls.map(({ id }): ModelMessage => ({ role: 'tool', toolCallId: id, content: '4711' })),
      ];
      const answer = await model.generate({ ...first, messages, tools: orderTools });
      expect(answer.text.replace(/\D/g, '')).toContain('4711');
    });
  });
};

const asking = (content: string): ModelRequest => ({ messages: [{ role: 'user', content }], maxOutputTokens: 2_000 });
