import { text } from 'node:stream/consumers';
import { serveOnLoopback } from '../servers/loopback.js';

/** What the model says at one call: words, or tools to call. */
export type Turn = string | { readonly tool: string; readonly input: object };

export interface ScriptedVendor {
  readonly baseURL: string;
  /** Requests as they were sent. */
  readonly asked: readonly string[];
}

/** A server that speaks Chat Completions and says its turns one after the other. */
export const startScriptedVendor = async (turns: readonly Turn[]): Promise<ScriptedVendor> => {
  const asked: string[] = [];
  const address = await serveOnLoopback(async (request, response) => {
    const body = await text(request);
    const turn = turns[asked.push(body) - 1] ?? 'I have nothing more to say.';
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion(turn, asked.length)));
  });
  return { baseURL: `${address}/v1`, asked };
};

const completion = (turn: Turn, number: number) => ({
  ...{ id: `chatcmpl-${number}`, object: 'chat.completion', created: 0, model: 'gpt-4o-mini' },
  choices: [{ index: 0, ...choice(turn, number) }],
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
});

const choice = (turn: Turn, number: number) => {
  if (typeof turn === 'string')
    return { finish_reason: 'stop', message: { role: 'assistant', content: turn, refusal: null } };
  const called = { name: turn.tool, arguments: JSON.stringify(turn.input) };
  const toolCalls = [{ id: `call_${number}`, type: 'function', function: called }];
  return {
    finish_reason: 'tool_calls',
    message: { role: 'assistant', content: null, refusal: null, tool_calls: toolCalls },
  };
};
