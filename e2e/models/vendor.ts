import type { ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { serveOnLoopback } from '../servers/loopback.js';

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: { readonly properties?: object } } };
}

/** Answers by the name of a field that only their form has. */
export interface Answers {
  readonly [field: string]: object;
}

/** A server that speaks Chat Completions and gives the same answers to everyone. */
export interface Vendor {
  readonly baseURL: string;
  /** What was asked, as sent, and whether its answer was sent back. */
  readonly asked: readonly { readonly prompt: string; isAnswered: boolean }[];
  /** From the request of this number on (from 1), none is answered; resolves when that many are waiting. */
  holdFrom(number: number, waiting: number): Promise<void>;
  answerAgain(): void;
}

interface Held {
  from: number;
  waiting: number;
  most: number;
  reached: () => void;
}

export const startVendor = async (answers: Answers): Promise<Vendor> => {
  const asked: { prompt: string; isAnswered: boolean }[] = [];
  const held: Held = { from: Number.POSITIVE_INFINITY, waiting: 0, most: 0, reached: () => undefined };
  const address = await serveOnLoopback(async (request, response) => {
    const body = (await json(request)) as ChatRequest;
    const entry = { prompt: JSON.stringify(body.messages), isAnswered: false };
    if (asked.push(entry) >= held.from) {
      held.waiting += 1;
      if (held.waiting === held.most) held.reached();
      return;
    }
    answer(response, body, answers);
    entry.isAnswered = true;
  });
  return {
    baseURL: `${address}/v1`,
    asked,
    holdFrom: (number, waiting) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      Object.assign(held, { from: number, most: waiting, waiting: 0, reached: resolve });
      return promise;
    },
    answerAgain: () => {
      held.from = Number.POSITIVE_INFINITY;
    },
  };
};

const answer = (response: ServerResponse, { model, messages, response_format }: ChatRequest, answers: Answers) => {
  const fields = response_format?.json_schema?.schema?.properties ?? {};
  const [, object = {}] = Object.entries(answers).find(([field]) => field in fields) ?? [];
  const content = JSON.stringify(object);
  const usage = { prompt_tokens: tokensOf(JSON.stringify(messages)), completion_tokens: tokensOf(content) };
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 0, model },
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
      usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
    }),
  );
};

const tokensOf = (text: string): number => Math.ceil(text.length / 4);
