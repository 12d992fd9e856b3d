import type { RuleResult } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { loadGuard } from '@aegis/sql/guard';
import { describe, expect, it } from 'vitest';
import { memoryAudit } from '../__fixtures__/memory-audit.js';
import { counting, first, memoryStore, optionsFor, rule, warehouse } from '../__fixtures__/pipeline-parts.js';
import { type Script, ScriptedNarrator } from '../__fixtures__/scripted-narrator.js';
import { createPipeline } from '../pipeline.js';
import type { PipelineOptions } from '../pipeline-types.js';

const run = (
  narrator: ScriptedNarrator,
  more: Partial<PipelineOptions> = {},
  documents: readonly unknown[] = [rule('r')],
) => createPipeline(optionsFor(documents, warehouse(1), { narrator, loadGuard, ...more })).run();

const resultWith = async (script: Partial<Script>, document = rule('r')): Promise<RuleResult> =>
  first(await run(new ScriptedNarrator(script), {}, [document]));

describe('a run with a model', () => {
  it('asks at four steps, adds its words, and leaves the heuristic severity in charge', async () => {
    const narrator = new ScriptedNarrator();
    const result = first(
      await run(narrator, { lineage: { downstream: async () => [], upstream: async () => ['raw'] } }),
    );
    expect(narrator.asked).toEqual(['classify_narrate r', 'diagnose_narrate r', 'rca_narrate r', 'remediate r']);
    expect(result).toMatchObject({
      ...{ effective_severity: 'high', model_severity: 'low', notes: ['The model calls it low: seldom read'] },
      diagnosis: { explanation: 'answer 2' },
      root_cause: { kind: 'not_traced', path: ['raw', 'a'], explanation: 'answer 3' },
      remediation: {
        proposed_sql: 'UPDATE a SET x = 0 WHERE x IS NULL',
        ...{ source: 'model', confidence: 'medium', verification: { status: 'not_run' } },
      },
    });
  });

  it('never talks down what is critical', async () => {
    const result = await resultWith({ severity: 'info' }, rule('r', 'a', { severity: 'critical' }));
    expect(result).toMatchObject({ effective_severity: 'critical', model_severity: 'critical' });
    expect(result.notes).toEqual(['The model calls it info (critical stays): seldom read']);
  });

  it('asks about no cause where nothing is known to be upstream', async () => {
    const narrator = new ScriptedNarrator();
    expect(first(await run(narrator)).root_cause).toBeNull();
    expect(narrator.asked).not.toContain('rca_narrate r');
  });

  it('shows the model what was measured, rows that hold and rows that do not, and what is around the table', async () => {
    const narrator = new ScriptedNarrator();
    const lineage = { downstream: async () => ['report'], upstream: async () => ['raw'] };
    const declared = { ...rule('r'), diagnosis: { lineage_hints: { upstream_tables: ['files'] } } };
    await run(narrator, { lineage }, [declared]);
    const { context, result } = narrator.failures[0] ?? {};
    expect(result?.sample).toEqual([{ x: null }]);
    expect(context).toMatchObject({
      ...{ dialect: 'duckdb', upstream: ['files', 'raw'], downstream: ['report'], passing: [{ x: null }] },
      columns: [{ name: 'x' }],
    });
    expect(context?.statements.map((sql) => sql.slice(0, 6))).toEqual(['SELECT', 'SELECT', 'SELECT']);
  });

  it('shows the model files as the rule wrote them, not where they are', async () => {
    const table = { kind: 'file', path: '/home/ann/shop/a.csv', format: 'csv', written: 'a.csv' } as const;
    const files = new FakeWarehouse({
      dialect: duckdbDialect,
      tables: [{ table, kind: 'file', columns: [{ name: 'x', type: { kind: 'integer', native: 'INTEGER' } }] }],
      answer: counting(1),
    });
    const narrator = new ScriptedNarrator({ sql: 'DELETE FROM a WHERE x IS NULL' });
    const options = optionsFor([rule('r', 'a.csv')], files, { narrator, loadGuard });
    const rules = options.rules.map((each) => ({ ...each, scope: { ...each.scope, table } }));
    const result = first(await createPipeline({ ...options, rules }).run());
    expect(JSON.stringify(narrator.failures.map(({ context }) => context))).not.toContain('/home');
    expect(narrator.failures[0]?.context).toMatchObject({ target: '"a"', columns: [{ name: 'x' }] });
    expect(narrator.failures[0]?.context.statements[0]).toContain("'a.csv'");
    expect(result.remediation?.caveat).toBe(
      'Try it first. The data is a file: the statement is for a table a made of it.',
    );
  });

  it('reads no rows that hold without a model, nor where no samples are wanted', async () => {
    const [without, none] = [warehouse(1), warehouse(1)];
    await createPipeline(optionsFor([rule('r')], without)).run();
    expect(without.statements).toHaveLength(2);
    await createPipeline(optionsFor([rule('r')], none, { narrator: new ScriptedNarrator(), sampleRows: 0 })).run();
    expect(none.statements).toHaveLength(1);
  });

  it('costs a rule its narrative, not its result, when calls fail, and says so once', async () => {
    const overloaded = () => {
      throw new Error('overloaded');
    };
    const result = await resultWith({ atCall: overloaded });
    expect(result).toMatchObject({ outcome: 'fail', model_severity: null, remediation: null });
    expect(result.notes).toEqual(['The model gave no answer: overloaded']);
  });

  it('reports what all its calls came to, which is what the audit trail holds', async () => {
    const audit = memoryAudit();
    const { summary } = await run(new ScriptedNarrator(), { audit }, [rule('r1'), rule('r2', 'b'), rule('r3', 'c')]);
    expect(summary).toMatchObject({ llm_calls: 9, input_tokens: 90, output_tokens: 18, cost_usd: 4.5 });
    expect(audit.recorded).toHaveLength(9);
  });
});

describe('a fix that a model proposes', () => {
  it.each([
    ['no change of rows', 'DROP TABLE a', /starts with UPDATE/],
    ['without WHERE', 'DELETE FROM a', /no WHERE/],
    ['with a WHERE that always holds', 'DELETE FROM a WHERE 1 = 1', /leaves nothing out/],
    ['of another table', 'DELETE FROM b WHERE x = 1', /It changes b, not a/],
    ['of a table elsewhere', 'DELETE FROM other.a WHERE x = 1', /It changes other.a, not a/],
    ['of two statements', 'DELETE FROM a WHERE x = 1; DELETE FROM a WHERE x = 2', /one statement/],
    ['with a value that is not known', "DELETE FROM a WHERE x = '<email:9>'", /stands for a value that is not known/],
  ])('is refused %s', async (_, sql, reason) => {
    const result = await resultWith({ sql });
    expect(result.remediation).toBeNull();
    expect(result.notes.at(-1)).toMatch(reason);
  });

  it('keeps all its lines, and gets masked values back where they cannot break out', async () => {
    const sql = "UPDATE a\nSET x = 0 -- unknown\nWHERE x IS NULL\n  AND y = '<name:1>'";
    const restore = (text: string, encode = (value: string) => value) => text.replaceAll('<name:1>', encode("O'Brien"));
    const { remediation } = await resultWith({ sql, restore });
    expect(remediation?.proposed_sql).toBe(sql.replace('<name:1>', "O''Brien"));
  });

  it('is not asked for where the rule wants none', async () => {
    const narrator = new ScriptedNarrator();
    await run(narrator, {}, [{ ...rule('r'), remediation: { proposal_strategy: 'none' } }]);
    expect(narrator.asked.filter((step) => step.startsWith('remediate'))).toEqual([]);
  });

  it('is refused as a whole without a guard', async () => {
    const result = first(await run(new ScriptedNarrator(), { loadGuard: undefined }));
    expect(result.remediation).toBeNull();
    expect(result.notes.at(-1)).toMatch(/refused: .*no guard/);
  });
});

describe('a run with a model that was killed', () => {
  const documents = [rule('r1', 'a'), rule('r2', 'b'), rule('r3', 'c')];
  const names = ['classify_narrate', 'diagnose_narrate', 'remediate'];

  /** Stops listening, as a killed process would, when the call of this number is under way. */
  const killAtCall = async (number: number, more: Partial<PipelineOptions>): Promise<ScriptedNarrator> => {
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const narrator = new ScriptedNarrator({
      atCall: async (call) => {
        if (call < number) return;
        resolve();
        await new Promise(() => undefined);
      },
    });
    void run(narrator, { runId: 'run', ...more }, documents);
    await reached;
    await new Promise((settled) => setTimeout(settled, 30));
    return narrator;
  };

  const resume = async (more: Partial<PipelineOptions>) => {
    const narrator = new ScriptedNarrator();
    const report = await run(narrator, { runId: 'run', resume: true, ...more }, documents);
    return { narrator, report };
  };

  const redact = (result: RuleResult) => ({ ...result, sample: result.sample.map(() => ({ x: '<masked:1>' })) });

  it.each([1, 2, 4, 6, 7, 8, 9])('makes no call again whose answer had arrived, killed at call %i', async (number) => {
    const [store, audit] = [memoryStore(), memoryAudit()];
    const killed = await killAtCall(number, { checkpoints: store, audit, redact });
    const answered = new Set(audit.recorded.map(({ node, ruleId }) => `${node} ${ruleId}`));
    expect(answered.size).toBe(number - 1);
    const { narrator, report } = await resume({ checkpoints: store, audit, redact });
    expect(narrator.asked.filter((call) => answered.has(call))).toEqual([]);
    const all = new Set([...answered, ...narrator.asked]);
    expect([...all].sort()).toEqual(documents.flatMap(({ metadata: { id } }) => names.map((n) => `${n} ${id}`)).sort());
    expect(report.summary).toMatchObject({ llm_calls: 9, cost_usd: 4.5, failed: 3 });
    expect(audit.recorded).toHaveLength(9);
    expect(killed.asked.length).toBeGreaterThanOrEqual(number);
    expect(narrator.begun).toMatchObject({ calls: number - 1 });
  });

  it('writes down the calls that were kept and never reached the trail', async () => {
    const [store, full] = [memoryStore(), memoryAudit()];
    const refusing = {
      ...full,
      recordDecision: async () => {
        throw new Error('disk full');
      },
    };
    await killAtCall(4, { checkpoints: store, audit: refusing });
    expect(full.recorded).toEqual([]);
    const { report } = await resume({ checkpoints: store, audit: full });
    expect(full.recorded).toHaveLength(report.summary.llm_calls);
  });

  it('keeps no row that was shown to the model', async () => {
    const store = memoryStore();
    const answer = (sql: string) => (sql.includes('m0') ? counting(1)(sql) : [{ x: 'secret-value' }]);
    const keeping = { ...store, deleteScope: async () => undefined };
    const options = { narrator: new ScriptedNarrator({ atCall: () => undefined }), loadGuard, checkpoints: keeping };
    await createPipeline(optionsFor([rule('r')], warehouse(1, answer), options)).run();
    const states = [...store.values].filter(([key]) => !key.includes('model-call/'));
    const written = states.map(([, bytes]) => new TextDecoder().decode(bytes)).join('\n');
    expect(written).toContain('r');
    expect(written).not.toContain('secret-value');
  });

  it('goes on, and says so, when answers cannot be kept', async () => {
    const store = memoryStore();
    const full = {
      ...store,
      put: async (scope: string, key: string, value: Uint8Array) => {
        if (key.startsWith('model-call/')) throw new Error('disk full');
        await store.put(scope, key, value);
      },
    };
    const report = await run(new ScriptedNarrator(), { checkpoints: full });
    expect(report.summary.llm_calls).toBe(3);
    expect(report.notes).toEqual(['Answers of the model are not kept for a resumed run: disk full']);
  });
});

describe('a cancelled run with a model', () => {
  it('lets the model explain what it had not when it is continued', async () => {
    const store = memoryStore();
    const abort = new AbortController();
    const atCall = () => {
      abort.abort();
      throw new Error('cancelled');
    };
    const parts = { checkpoints: store, runId: 'run' };
    const cut = await run(new ScriptedNarrator({ atCall }), { ...parts, signal: abort.signal });
    expect(cut.status).toBe('cancelled');
    expect(first(cut)).toMatchObject({ outcome: 'fail', model_severity: null });
    const report = await run(new ScriptedNarrator(), { ...parts, resume: true });
    expect(first(report)).toMatchObject({ model_severity: 'low', diagnosis: { explanation: 'answer 2' } });
  });
});
