import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A server of the Chat Completions protocol that takes its time and gives answers of a usual length. */
export interface Vendor {
  readonly baseURL: string;
  /** Requests so far. */
  readonly calls: () => number;
  /** Most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly response_format?: { readonly json_schema?: { readonly schema?: { readonly properties?: object } } };
}

export const startVendor = async (latencyMs: number): Promise<Vendor> => {
  let calls = 0;
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer(async (request, response) => {
    calls += 1;
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    const body = await read(request);
    await delay(latencyMs);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion(body)));
    underWay -= 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    calls: () => calls,
    mostAtOnce: () => mostAtOnce,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const read = async (request: IncomingMessage): Promise<ChatRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChatRequest;
};

const claim = {
  text: 'Most of the rows that fail came in with one load, so its import is the place to look.',
  facts: ['f1'],
};

/** Answers by the names that the asked-for form has. */
const answers: { readonly [property: string]: object } = {
  severity: { severity: 'high', reason: 'Reports are made from this column every morning.' },
  likely_cause: { explanation: [claim], likely_cause: [claim], recommended_action: [claim] },
  proposed_sql: { proposed_sql: null, confidence: 'low', caveat: 'The right values are not in the table.' },
  explanation: { explanation: [claim] },
};

const completion = ({ model, messages, response_format }: ChatRequest) => {
  const asked = response_format?.json_schema?.schema?.properties ?? {};
  const [, answer = {}] = Object.entries(answers).find(([property]) => property in asked) ?? [];
  const content = JSON.stringify(answer);
  const prompt = messages.map((message) => message.content).join('\n');
  return {
    ...{ id: 'chatcmpl-bench', object: 'chat.completion', created: 0, model },
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
    usage: {
      prompt_tokens: tokens(prompt),
      completion_tokens: tokens(content),
      total_tokens: tokens(prompt + content),
    },
  };
};

/** Four characters a token: what English text comes to, near enough for a price. */
const tokens = (text: string): number => Math.ceil(text.length / 4);
