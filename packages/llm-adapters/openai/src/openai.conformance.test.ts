import { modelConformance } from '@aegis/conformance/model';
import { openAiServer, serverKey } from './__fixtures__/openai-server.js';
import { adapter, openai } from './index.js';

modelConformance({
  name: 'openai',
  serve: () => openAiServer(),
  create: ({ url }, options) => openai({ baseURL: `${url}/v1`, apiKey: serverKey, ...options }),
  credentials: {
    secret: serverKey,
    names: ['OPENAI_API_KEY', 'apiKey'],
    createWithout: () => adapter.create(adapter.defaultModel, {}, { env: {} }),
  },
  real: () => ({ model: process.env.OPENAI_API_KEY ? openai() : undefined, missing: 'OPENAI_API_KEY' }),
  lacks: {
    toolErrors: 'Chat Completions cannot say that a tool failed; the result begins with "Error:"',
    promptCache: 'OpenAI caches by itself',
  },
});
