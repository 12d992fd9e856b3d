import { modelConformance } from '@aegis/conformance/model';
import { ollamaServer } from './__fixtures__/ollama-server.js';
import { ollama } from './index.js';

modelConformance({
  name: 'ollama',
  serve: () => ollamaServer(),
  create: ({ url: host }, options) => ollama({ host, ...options }),
  real: () => ({ model: process.env.OLLAMA_HOST ? ollama({ timeoutMs: 120_000 }) : undefined, missing: 'OLLAMA_HOST' }),
  lacks: {
    toolCallIds: 'Ollama gives calls no ids; the adapter makes them',
    toolErrors: 'Ollama cannot be told that a tool failed; the result begins with "Error:"',
    cachedUsage: 'Ollama counts no cached tokens',
    cacheWriteUsage: 'Ollama counts no cached tokens',
    reasoningUsage: 'Ollama counts thinking as output alone',
    promptCache: 'Ollama keeps what it read by itself',
    refusal: 'models on one’s own machine refuse in words',
    contentFilter: 'models on one’s own machine have no filter',
    quota: 'a model on one’s own machine costs nothing',
    authentication: 'a server on one’s own machine asks for no key',
  },
});
