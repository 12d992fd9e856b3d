import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of the Chat Completions protocol that answers with one message after the other. */
export interface ChatServer {
  readonly baseURL: string;
  close(): void;
}

type Message = { readonly content: string | null; readonly tool_calls?: readonly object[] };

export const textMessage = (content: string): Message => ({ content });

export const toolMessage = (calls: readonly (readonly [name: string, given: object])[]): Message => ({
  content: null,
  tool_calls: calls.map(([name, given], index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(given) },
  })),
});

export const chatServer = async (messages: readonly Message[]): Promise<ChatServer> => {
  const left = [...messages];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const message = left.shift() ?? textMessage('');
      const finish = message.tool_calls ? 'tool_calls' : 'stop';
      const body = {
        ...{ id: 'c', object: 'chat.completion', created: 0, model: 'gpt-4o-mini' },
        choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', ...message } }],
        usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
