import { modelConformance } from '@aegis/conformance/model';
import { anthropicServer } from './__fixtures__/anthropic-server.js';
import { apiKey } from './__fixtures__/vendor-errors.js';
import { adapter, anthropic } from './index.js';

const withoutKey = (url: string) => adapter.create(adapter.defaultModel, { baseURL: url }, { env: {} });

modelConformance({
  name: 'anthropic',
  serve: anthropicServer,
  create: ({ url: baseURL }, options) => anthropic({ apiKey, baseURL, ...options }),
  real: () => ({
    model: process.env.ANTHROPIC_API_KEY ? anthropic() : undefined,
    missing: 'ANTHROPIC_API_KEY',
  }),
  credentials: {
    secret: apiKey,
    names: ['ANTHROPIC_API_KEY', 'apiKey'],
    createWithout: ({ url }) => withoutKey(url),
  },
});

modelConformance({
  name: 'anthropic, answering by a tool',
  serve: anthropicServer,
  create: ({ url: baseURL }, options) => anthropic({ apiKey, baseURL, structuredOutput: 'tool', ...options }),
  credentials: {
    secret: apiKey,
    names: ['ANTHROPIC_API_KEY', 'apiKey'],
    createWithout: ({ url }) => withoutKey(url),
  },
  lacks: { malformedAnswers: 'arguments of a tool are JSON' },
});
