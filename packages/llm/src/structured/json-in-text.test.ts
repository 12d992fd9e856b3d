import { describe, expect, it } from 'vitest';
import { jsonInText } from './json-in-text.js';

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

describe('jsonInText', () => {
  it.each([
    ['alone', ' {"a": 1}\n'],
    ['after a byte order mark', '\uFEFF{"a":1}'],
    ['in a fence', `Here you are:\n${fence('json', '{"a": 1}')}\nI hope it helps.`],
    ['in a fence without a language', fence('', '{"a":1}')],
    ['in prose', 'The answer is {"a": 1}, as far as I can see.'],
    ['in prose with quotation marks and apostrophes', `It's 5" long, "{" they say: {"a": 1}`],
    ['in another language', '根据数据，答案是：{"a": 1}。'],
    ['after a thought', '<think>maybe {"a": 2}?</think>{"a": 1}'],
    ['after a fence with something else', `${fence('sql', "SELECT '{' FROM t")}\n{"a": 1}`],
    ['within brackets that are no JSON', '{ answer: {"a": 1} }'],
    ['behind a bracket that never closes', 'see [1, and {"a": 1}'],
    ['with brackets in texts', '{"a": 1, "b": "} \\" ]"}'],
  ])('finds a value %s', (_, text) => {
    expect(jsonInText(text)[0]).toMatchObject({ a: 1 });
  });

  it('finds the value within a text of JSON', () => {
    expect(jsonInText('"{\\"a\\":1}"')).toEqual(['{"a":1}', { a: 1 }]);
    expect(jsonInText('x "y" {"a":1}')).toEqual([{ a: 1 }]);
  });

  it.each(['', '   ', 'no JSON at all', '{"a": 1', '{"a": "unfinished', '```json\n{"a":\n```'])(
    'finds none in %j',
    (text) => {
      expect(jsonInText(text)).toEqual([]);
    },
  );

  it('takes little time for a megabyte, whatever it is', () => {
    const megabyte = 1_000_000;
    const start = performance.now();
    for (const unit of ['{', '[', '"', '{"', '{}', '[{"a":"', '\\"', '```\n', '{"a":1}', '}{', '[1,'])
      jsonInText(`x${unit.repeat(megabyte / unit.length)}`);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
