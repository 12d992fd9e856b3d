import { describe, expect, it } from 'vitest';
import { KeptSession } from '../runtime/__fixtures__/session.js';
import { failureWith } from './__fixtures__/failure.js';
import { found, narration, questions } from './__fixtures__/narration.js';

const claim = (text: string, ...facts: readonly string[]) => ({ text, facts });

describe.each(questions)('the question of $node', ({ node, answer, ask }) => {
  it('shows rule, SQL, schema, figures, and rows that hold and rows that do not, each with an id', async () => {
    const { narrator, session, prompt } = narration([answer]);
    await ask(narrator, failureWith({}), session);
    for (const line of [
      '[r1] {"id":"orders_status","type":"accepted_values","description":"Orders have a known status."',
      '[r2] The dialect is duckdb; a fix changes "orders".',
      '[q1] SELECT count(*) AS m0 FROM "orders"',
      '[t1] status VARCHAR; email VARCHAR NOT NULL',
      '[f1] Failed: {"unit":"rows","rows_checked":100,"rows_failed":2,"failed_percent":2}',
      '[f3] Expected: {"values":["placed","shipped"]}',
      '[s1] {"status":"Shipped","email":"<email:1>","first_name":"<name:1>"}',
      '[p1] {"status":"placed","email":"<email:3>"',
    ])
      expect(prompt()).toContain(line);
  });

  it('masks what evidence and SQL repeat of rows', async () => {
    const { narrator, session, prompt } = narration([answer]);
    const statements = ["SELECT * FROM orders WHERE first_name = 'Al' OR email = 'ann@example.com'"];
    await ask(narrator, failureWith({ context: { statements } }), session);
    expect(prompt()).toMatch(/first_name = '<name:1>' has 1 of 2 failures \{"column":"first_name","value":"<name:1>"/);
    expect(prompt()).toContain("WHERE first_name = '<name:2>' OR email = '<email:1>'");
    expect(prompt()).not.toMatch(/\bAnn\b|@example/);
  });

  it('shows no rows where none are wanted, and still masks what they hold', async () => {
    const { narrator, session, prompt } = narration([answer], { samples: 'none' });
    await ask(narrator, failureWith({}), session);
    expect(prompt()).not.toMatch(/Shipped|\[s1\]|\[p1\]|\bAnn\b/);
  });

  it('is written down with the version of its prompt, and asked the same way by a later process', async () => {
    const first = narration([answer]);
    await ask(first.narrator, failureWith({}), first.session);
    const [call] = first.session.calls;
    expect(call?.decision).toMatchObject({ ruleId: 'orders_status', promptVersion: `${node}/1` });
    const tokens = first.narrator.exportTokens?.(call?.decision.prompt ?? '') ?? {};

    const later = narration([answer], { session: new KeptSession({ answers: first.session.calls }) });
    later.narrator.begin?.({ calls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.1 }, [tokens]);
    const other = failureWith({ result: { sample: [{ email: 'zoe@example.com' }] } });
    later.redactor.row(other.result.sample[0] ?? {});
    await ask(later.narrator, failureWith({}), later.session);
    expect(later.model.requests).toEqual([]);
    expect(later.runtime.spent()).toMatchObject({ calls: 1, costUsd: 0.1 });
  });

  it('is written down masked, also what a model says that it was not told', async () => {
    const { narrator, session } = narration([`Ask zoe@example.com. ${JSON.stringify(answer)}`]);
    await ask(narrator, failureWith({}), session);
    expect(session.calls).toHaveLength(1);
    expect(JSON.stringify(session.calls)).toMatch(/Ask <email:\d>/);
    expect(JSON.stringify(session.calls)).not.toContain('@example.com');
  });

  it('fails when the answer does not fit, asked twice', async () => {
    const { narrator, session, model } = narration(['I would rather talk about the weather.']);
    await expect(ask(narrator, failureWith({}), session)).rejects.toMatchObject({ code: 'model/invalid-output' });
    expect(model.requests).toHaveLength(2);
  });
});

describe('a diagnosis by a model', () => {
  const answer = {
    explanation: [claim('Two of 100 orders are off.', 'f1', '[s1]'), claim('Half are <name:1>’s.', 'e1', 'e9')],
    likely_cause: [claim('A typist.', 's7')],
    recommended_action: [],
  };

  it('cites the facts that it was given, and adds them to the evidence', async () => {
    const { narrator, session } = narration([answer]);
    const { value, notes } = await narrator.diagnose(failureWith({}), session);
    expect(value).toMatchObject({
      explanation: 'Two of 100 orders are off. [f1, s1] Half are Ann’s. [e1]',
      ...{ likely_cause: 'A typist.', recommended_action: null },
    });
    expect(value?.evidence.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['e1', "first_name = 'Ann' has 1 of 2 failures"],
      ['f1', 'Failed: unit rows, rows_checked 100, rows_failed 2, failed_percent 2.'],
      ['s1', 'Row 1 of the failing rows that were shown.'],
    ]);
    expect(notes).toEqual(['The model cited 2 facts that were not given; dropped.']);
  });

  it('stays masked where masking it again would not find every value', async () => {
    const said = { ...answer, explanation: [claim('Look at <name:2> and <email:2>.')] };
    const { narrator, session } = narration([said]);
    const { value } = await narrator.diagnose(failureWith({}), session);
    expect(value?.explanation).toBe('Look at <name:2> and <email:2>.');
  });

  it('is none when nothing is said', async () => {
    const { narrator, session } = narration([{ explanation: [], likely_cause: [], recommended_action: [] }]);
    const { value, notes } = await narrator.diagnose(failureWith({}), session);
    expect(value).toBeNull();
    expect(notes).toEqual(['The model answered, and said nothing.']);
  });

  it('is cut short when it is far too long', async () => {
    const endless = { ...answer, explanation: Array.from({ length: 100 }, () => claim('x'.repeat(2_000), 'f1')) };
    const { narrator, session } = narration([endless]);
    const { value } = await narrator.diagnose(failureWith({}), session);
    expect(value?.explanation.length).toBeLessThan(12_000);
  });
});

describe('a root cause told by a model', () => {
  it('stays what was traced, with its own evidence first and what else was cited after it', async () => {
    const answer = { explanation: [claim('The source has it.', 'e1', 'diagnosis-e1', 'c1')] };
    const { narrator, session } = narration([answer]);
    const { value } = await narrator.narrateRootCause(failureWith({}), found, session);
    expect(value).toMatchObject({ ...found, evidence: expect.any(Array) });
    expect(value?.explanation).toBe('The source has it. [e1, diagnosis-e1, c1]');
    expect(value?.evidence.map(({ id }) => id)).toEqual(['e1', 'diagnosis-e1', 'c1']);
    expect(value?.evidence[0]?.sentence).toBe('raw_orders fails, too.');
  });
});

describe('a fix proposed by a model', () => {
  const fix = (proposed_sql: string | null) => ({ proposed_sql, confidence: 'medium', caveat: 'Look at <name:1>.' });

  it('keeps all its lines and its tokens, without the Markdown around it', async () => {
    const sql = "UPDATE orders\nSET status = 'shipped'\n\n-- one by one\nWHERE email = '<email:1>'";
    const { narrator, session } = narration([fix(`\`\`\`sql\n${sql}\n\`\`\``)]);
    const { value } = await narrator.propose(failureWith({}), session);
    expect(value).toEqual({ proposed_sql: sql, confidence: 'medium', caveat: 'Look at Ann.' });
    expect(narrator.restore?.(sql, (text) => text.toUpperCase())).toContain("'ANN@EXAMPLE.COM'");
  });

  it('may be none, with the reason', async () => {
    const { narrator, session } = narration([fix(null)]);
    const { value, notes } = await narrator.propose(failureWith({}), session);
    expect(value).toBeNull();
    expect(notes).toEqual(['The model proposes no fix: Look at Ann.']);
  });

  it.each([
    ['llm_simple', false],
    ['llm_with_lineage', true],
  ] as const)('is thought out with %s: lineage shown is %s', async (proposalStrategy, isShown) => {
    const { narrator, session, prompt } = narration([fix(null)]);
    await narrator.propose(failureWith({ rule: { proposalStrategy } }), session);
    expect(prompt().includes('raw_orders')).toBe(isShown);
  });
});

it('takes figures of a masked column for values of it', async () => {
  const { narrator, session, prompt } = narration([{ severity: 'low', reason: 'r' }]);
  const observed = { smallest: 'Zoe', newest: '2026-01-15' };
  await narrator.classify(failureWith({ result: { columns: ['first_name'], observed } }), session);
  expect(prompt()).toMatch(/"smallest":"<name:\d>","newest":"2026-01-15"/);
});

it('cuts what is too long for a prompt, after it was masked', async () => {
  const { narrator, session, prompt } = narration([{ severity: 'low', reason: 'r' }]);
  const columns = Array.from({ length: 500 }, (_, index) => ({
    name: `c${index}`,
    type: { kind: 'text' as const, native: 'VARCHAR' },
  }));
  const row = Object.fromEntries(columns.map(({ name }) => [name, 'v']));
  const long = `${'y'.repeat(190)} ann@example.com`;
  const sample = [{ first: 'x'.repeat(100_000), long, ...row }];
  const statements = ['SELECT 1'.repeat(100_000)];
  await narrator.classify(failureWith({ result: { sample }, context: { columns, statements } }), session);
  expect(prompt().length).toBeLessThan(20_000);
  expect(prompt()).toContain('and 380 more');
  expect(prompt()).not.toContain('ann@');
});
