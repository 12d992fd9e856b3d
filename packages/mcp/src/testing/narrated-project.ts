import type { Effects } from '@aegis/project/program';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { testProject } from './test-project.js';

const answers: { readonly [property: string]: object } = {
  severity: { severity: 'low', reason: 'One row.' },
  likely_cause: {
    explanation: [{ text: 'It lacks the order-id.', facts: ['f1'] }],
    ...{ likely_cause: [{ text: 'A typing mistake.', facts: ['f1'] }], recommended_action: [] },
  },
  proposed_sql: { proposed_sql: 'DELETE FROM customers WHERE id = 2', confidence: 'low', caveat: 'Look first.' },
};

/** Answers by what is asked for. */
const answerTo = ({ responseSchema }: ModelRequest): string => {
  const wanted = JSON.stringify(responseSchema);
  const [, answer] = Object.entries(answers).find(([property]) => wanted.includes(`"${property}"`)) ?? [];
  return JSON.stringify(answer);
};

const usage = { inputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 0 };

const adapter = {
  contract: 'language-model/v1',
  ...{ type: 'fake', defaultModel: 'scripted', optionsSchema: {} },
  create: (model: string): LanguageModel => ({
    ...{ contract: 'language-model/v1', provider: 'fake', model },
    generate: async (request): Promise<ModelResponse> => ({
      ...{ text: answerTo(request), toolCalls: [], finishReason: 'stop', usage, model },
    }),
  }),
};

const files = {
  'aegis.yaml': 'llm: { provider: fake }\n',
  'customers.csv': 'id,email,city\n1,ann@example.com,Basel\n2,bob@example.com,Zurich\n',
  'rules.yaml': `- metadata: { id: there, severity: high, description: d, owner: o }
  scope: { table: customers.csv, columns: [email] }
  logic: { type: regex_match, pattern: ^ann }
`,
};

/** A project whose one rule fails, and which a scripted model explains. */
export const narratedProject = async (): Promise<Effects> => {
  const base = await testProject(files);
  const importFrom: Effects['importFrom'] = async (name, folders) =>
    name === '@aegis/llm-fake' ? { adapter } : base.importFrom(name, folders);
  return { ...base, importFrom };
};
