import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { LanguageModelError } from '@aegis/spec';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { openHistory } from '../history/open-history.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { finishWithEvents } from '../testing/told-run.js';
import type { RunOptions } from './run-options.js';
import { runRules } from './run-rules.js';

const answers: { readonly [property: string]: object } = {
  severity: { severity: 'low', reason: 'Only <email:1> is concerned.' },
  likely_cause: {
    explanation: [{ text: '<email:1> is not Ann.', facts: ['f1', 'x9'] }],
    ...{ likely_cause: [], recommended_action: [] },
  },
  proposed_sql: {
    proposed_sql: "DELETE FROM customers\nWHERE email = '<email:1>'",
    ...{ confidence: 'low', caveat: 'Look first.' },
  },
};

/** Answers by what is asked for. */
const answerTo = ({ responseSchema }: ModelRequest): string => {
  const wanted = JSON.stringify(responseSchema);
  const [, answer] = Object.entries(answers).find(([property]) => wanted.includes(`"${property}"`)) ?? [];
  return JSON.stringify(answer);
};

const adapterOf = (requests: ModelRequest[], answer: (request: ModelRequest) => string) => ({
  contract: 'language-model/v1',
  ...{ type: 'fake', defaultModel: 'scripted', optionsSchema: {} },
  create: (model: string): LanguageModel => ({
    ...{ contract: 'language-model/v1', provider: 'fake', model },
    generate: async (request): Promise<ModelResponse> => {
      requests.push(request);
      const usage = { inputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 10, reasoningTokens: 0 };
      return { text: answer(request), toolCalls: [], finishReason: 'stop', usage, model };
    },
  }),
});

const narrated = async (
  config: string,
  {
    answer = answerTo,
    env = {},
    options = {},
  }: {
    readonly answer?: (request: ModelRequest) => string;
    readonly env?: Effects['env'];
    readonly options?: Partial<RunOptions>;
  } = {},
) => {
  const requests: ModelRequest[] = [];
  const files = {
    'customers.csv': customers,
    'rules.yaml': rulesFile({
      email_of_ann: { table: 'customers.csv', logic: 'type: regex_match, column: email, pattern: ^ann' },
    }),
    'aegis.yaml': config,
  };
  const base = await testProject(files);
  const effects: Effects = {
    ...base,
    env: { ...base.env, ...env },
    importFrom: async (name) =>
      name === '@aegis/llm-fake'
        ? { adapter: adapterOf(requests, answer) }
        : name.endsWith('duckdb')
          ? duckdb
          : undefined,
  };
  const finished = await finishWithEvents(
    runRules({ rules: ['rules.yaml'], history: 'history.db', ...options }, effects),
  );
  return { ...finished, requests, effects };
};

const named = 'llm: { provider: fake }\n';

describe('a run with the model that aegis.yaml names', () => {
  it('tells the failure, and writes every call down, with nothing of a row unmasked', async () => {
    const { report, requests, effects } = await narrated(named);
    expect(report.llm).toEqual({ provider: 'fake', model: 'scripted' });
    expect(report.summary).toMatchObject({ llm_calls: 3, input_tokens: 300, output_tokens: 30, cost_usd: null });
    expect(report.results[0]).toMatchObject({
      ...{ outcome: 'fail', model_severity: 'low' },
      diagnosis: { explanation: expect.stringMatching(/^<email:\d> is not Ann\. \[f1\]$/) },
      remediation: { source: 'model', verification: { status: 'not_run' } },
    });
    expect(JSON.stringify(requests)).not.toContain('@example.com');
    expect(await readFile(join(effects.cwd, 'history.db'), 'latin1')).not.toContain('@example.com');
    const store = await openHistory(join(effects.cwd, 'history.db'));
    const decisions = await store.decisions(report.run_id);
    await store.close();
    expect(decisions.map(({ node, promptVersion }) => [node, promptVersion])).toEqual([
      ['classify_narrate', 'classify/1'],
      ['diagnose_narrate', 'diagnose/1'],
      ['remediate', 'remediate/1'],
    ]);
  });

  it('shows values in place of tokens on the terminal, where the user asked for raw samples', async () => {
    const { shown, report } = await narrated(named, { options: { samples: 'full' } });
    expect(shown.results[0]?.diagnosis?.explanation).toMatch(/^bob@example\.com is not Ann/);
    expect(shown.results[0]?.remediation?.proposed_sql).toMatch(/\nWHERE email = 'bob@example\.com'$/);
    expect(JSON.stringify(report)).not.toContain('@example.com');
  });

  it('shows the model no rows with samples: none', async () => {
    const { requests } = await narrated(`${named}redaction: { samples: none }\n`);
    expect(JSON.stringify(requests)).not.toMatch(/\[s1\]|failing rows"/);
  });

  it('keeps its result when the model cannot be asked, without the key in what is said', async () => {
    const refuse = () => {
      throw new LanguageModelError('authentication', 'the key sk-hidden-12345 is not valid');
    };
    const { report, shown, effects } = await narrated(named, {
      answer: refuse,
      env: { OPENAI_API_KEY: 'sk-hidden-12345' },
    });
    expect(report.results[0]).toMatchObject({ outcome: 'fail', diagnosis: null, remediation: null });
    expect(report.results[0]?.notes).toEqual(['The model gave no answer: the key *** is not valid']);
    expect(JSON.stringify(shown)).not.toContain('sk-hidden');
    expect(await readFile(join(effects.cwd, 'history.db'), 'latin1')).not.toContain('sk-hidden');
  });

  it('stops asking at its limits', async () => {
    const { report, requests } = await narrated('llm: { provider: fake, limits: { max_calls: 1 } }\n');
    expect(requests).toHaveLength(1);
    expect(report.summary.llm_calls).toBe(1);
    expect(report.results[0]?.notes.join()).toMatch(/The model gave no answer: the call was not made: of 1 calls/);
  });

  it('does not start with a limit in dollars and no known price', async () => {
    await expect(narrated(named, { options: { maxCostUsd: 1 } })).rejects.toMatchObject({ code: 'config/usage' });
  });
});
