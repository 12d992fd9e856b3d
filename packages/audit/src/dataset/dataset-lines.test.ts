import { describe, expect, it } from 'vitest';
import { decision, runStart } from '../__fixtures__/records.js';
import type { AuditDecision, AuditRun } from '../audit-store.js';
import { datasetLines } from './dataset-lines.js';

const run: AuditRun = {
  ...runStart('r1'),
  status: 'completed',
  finishedAt: '2025-03-01T10:00:02.000Z',
  totalCostUsd: 0,
  summary: null,
};

const recorded = (decisionId: number, changes: Partial<AuditDecision> = {}): AuditDecision => ({
  ...decision(),
  decisionId,
  runId: 'r1',
  recordedAt: '2025-03-01T10:00:01.000Z',
  ...changes,
});

const conversationOf = (prompt: string) =>
  datasetLines(run, [recorded(1, { prompt, response: 'answer' })], {})[0]?.conversations;

const idsOf = (decisions: readonly AuditDecision[], options = {}, ofRun = run) =>
  datasetLines(ofRun, decisions, options).map(({ metadata }) => metadata.decision_id);

describe('a line', () => {
  it('holds the messages of the prompt and the answer', () => {
    const prompt = JSON.stringify([
      { role: 'system', content: 'You explain failures.' },
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: '{' },
      { role: 'tool', content: 'rows: 3' },
    ]);
    expect(conversationOf(prompt)).toEqual([
      { from: 'system', value: 'You explain failures.' },
      { from: 'human', value: 'Why?' },
      { from: 'gpt', value: '{' },
      { from: 'tool', value: 'rows: 3' },
      { from: 'gpt', value: 'answer' },
    ]);
  });

  it.each([
    'Why is order_id null?',
    '{"role":"user","content":"not a list"}',
    '[]',
    '[1]',
    '[null]',
    '[{"role":"judge","content":"unknown role"}]',
    '[{"role":"user","content":["no text"]}]',
    '[{"role":"user"}]',
  ])('takes the prompt %j as one human turn', (prompt) => {
    expect(conversationOf(prompt)).toEqual([
      { from: 'human', value: prompt },
      { from: 'gpt', value: 'answer' },
    ]);
  });

  it('says where it comes from', () => {
    expect(datasetLines(run, [recorded(7)], {})[0]?.metadata).toEqual({
      run_id: 'r1',
      decision_id: 7,
      node: 'diagnose',
      rule_id: 'orders_id_not_null',
      model: 'claude-haiku-4-5',
      prompt_version: 'diagnose/1',
      input_tokens: 100,
      output_tokens: 20,
      cost_usd: 0.001,
      latency_ms: 250.5,
      recorded_at: '2025-03-01T10:00:01.000Z',
    });
  });
});

describe('filters', () => {
  it('keep everything by default', () => {
    expect(idsOf([recorded(1), recorded(2, { response: '' })], {}, { ...run, status: 'running' })).toEqual([1, 2]);
  });

  it('keep one node', () => {
    expect(idsOf([recorded(1), recorded(2, { node: 'remediate' })], { node: 'remediate' })).toEqual([2]);
  });

  it('keep conversations with enough turns, not counting the system', () => {
    const prompt = JSON.stringify([
      { role: 'system', content: 's' },
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'q' },
    ]);
    const decisions = [recorded(1), recorded(2, { prompt })];
    expect(idsOf(decisions, { minTurns: 2 })).toEqual([1, 2]);
    expect(idsOf(decisions, { minTurns: 4 })).toEqual([2]);
    expect(idsOf(decisions, { minTurns: 5 })).toEqual([]);
  });

  it('keep the answers worth learning from', () => {
    const decisions = [
      recorded(1, { response: 'broken json' }),
      recorded(2, { response: 'its repair' }),
      recorded(3, { ruleId: 'blank', response: ' \n' }),
      recorded(4, { ruleId: null }),
      recorded(5, { ruleId: null }),
      recorded(6, { node: 'remediate' }),
    ];
    expect(idsOf(decisions, { quality: true })).toEqual([2, 4, 5, 6]);
    expect(idsOf(decisions, { quality: true }, { ...run, status: 'cancelled' })).toEqual([]);
  });
});
