import type { CheckpointStore, Row, RunEvent } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { counting, first, memoryStore, optionsFor, rule, warehouse } from './__fixtures__/pipeline-parts.js';
import { createPipeline } from './pipeline.js';
import type { PipelineOptions } from './pipeline-types.js';

describe('a run', () => {
  it('reports every rule in rule-file order, whatever table finished first', async () => {
    const options = optionsFor([rule('r1', 'b'), rule('r2', 'a'), rule('r3', 'b'), rule('r4', 'c')], warehouse(0));
    const report = await createPipeline(options).run();
    expect(report.results.map(({ rule_id }) => rule_id)).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(report.summary).toMatchObject({ total_rules: 4, passed: 4, pass_rate: 100, queries: 3, cost_usd: 0 });
  });

  it('streams events that begin with the run and end with its report', async () => {
    const types: RunEvent['type'][] = [];
    for await (const { type } of createPipeline(optionsFor([rule('r1')], warehouse(0))).stream()) types.push(type);
    expect(types[0]).toBe('run_started');
    expect(types.at(-1)).toBe('run_finished');
    expect(types).toContain('rule_finished');
  });

  it('is cancelled when its events are no longer wanted', async () => {
    const fake = warehouse(0);
    for await (const { type } of createPipeline(optionsFor([rule('r1')], fake)).stream())
      if (type === 'run_started') break;
    expect(fake.statements.length).toBeLessThanOrEqual(1);
  });

  it('leaves out deprecated rules and drafts, and says so', async () => {
    const documents = [rule('old', 'a', { status: 'deprecated' }), rule('new', 'a', { status: 'draft' }), rule('r')];
    const report = await createPipeline(optionsFor(documents, warehouse(0))).run();
    expect(report.results.map(({ rule_id }) => rule_id)).toEqual(['r']);
    expect(report.notes).toEqual(['Not run: old (deprecated), new (draft)']);
  });

  it('says how many rules will run when it starts, without those left out', async () => {
    const documents = [rule('old', 'a', { status: 'deprecated' }), rule('r')];
    for await (const event of createPipeline(optionsFor(documents, warehouse(0))).stream())
      if (event.type === 'run_started') expect(event.rules).toBe(1);
    expect.assertions(1);
  });

  it('reports a rule that cannot be judged as an error, never as a failure', async () => {
    const report = await createPipeline(optionsFor([rule('r1', 'nowhere'), rule('r2')], warehouse(0))).run();
    expect(report.summary).toMatchObject({ errored: 1, failed: 0, passed: 1, pass_rate: 100 });
  });

  it('does not start when a rule names a warehouse that is not configured', async () => {
    const documents = [{ ...rule('r'), scope: { table: 'a', warehouse: 'elsewhere' } }];
    await expect(createPipeline(optionsFor(documents, warehouse(0))).run()).rejects.toMatchObject({
      code: 'config/unknown-warehouse',
    });
  });

  it('goes on when the audit trail cannot be written, and says so once', async () => {
    const refuse = async () => {
      throw new Error('disk full');
    };
    const audit = {
      ...{ startRun: refuse, recordStep: refuse, recordDecision: refuse },
      ...{ recordMeasurements: refuse, finishRun: refuse },
    };
    const report = await createPipeline(optionsFor([rule('r')], warehouse(0), { audit })).run();
    expect(report.summary.passed).toBe(1);
    expect(report.notes).toEqual(['The audit trail is incomplete: disk full']);
  });

  it('is reported as cancelled when it was, with every rule accounted for', async () => {
    const abort = new AbortController();
    const fake = warehouse(0, () => {
      abort.abort();
      throw new Error('interrupted');
    });
    const options = optionsFor([rule('r1', 'a'), rule('r2', 'b')], fake, { signal: abort.signal, concurrency: 1 });
    const report = await createPipeline(options).run();
    expect(report.status).toBe('cancelled');
    expect(report.summary).toMatchObject({ total_rules: 2, errored: 2 });
  });
});

describe('a run that was cancelled and is continued', () => {
  it('does what was cut short again, and nothing else', async () => {
    const documents = [rule('r1', 'a'), rule('r2', 'b')];
    const store = memoryStore();
    const abort = new AbortController();
    const cutting = warehouse(0, (sql) => {
      if (!sql.includes('"b"')) return counting(0)(sql);
      abort.abort();
      throw new Error('interrupted');
    });
    const first = optionsFor(documents, cutting, {
      ...{ runId: 'run', checkpoints: store, concurrency: 1, signal: abort.signal },
    });
    const cut = await createPipeline(first).run();
    expect(cut.results.map(({ outcome }) => outcome)).toEqual(['pass', 'error']);

    const fresh = warehouse(0);
    const second = optionsFor(documents, fresh, { runId: 'run', checkpoints: store, resume: true });
    const report = await createPipeline(second).run();
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect(fresh.statements.filter((sql) => sql.includes('"a"'))).toEqual([]);
  });
});

describe('classify', () => {
  const severityAt = async (nulls: number, more: Partial<PipelineOptions> = {}) =>
    first(await createPipeline(optionsFor([rule('r')], warehouse(nulls), more)).run());

  it('raises the severity one step when more than 5 percent of rows fail', async () => {
    expect(await severityAt(1)).toMatchObject({ outcome: 'fail', effective_severity: 'high', escalated: true });
  });

  it('keeps it at exactly the configured percentage', async () => {
    const kept = await severityAt(1, { severity: { escalateAbovePercent: 10 } });
    expect(kept).toMatchObject({ effective_severity: 'medium', escalated: false });
  });

  it('raises it one step, not two, when much is made from the table as well', async () => {
    const lineage = { downstream: async () => ['1', '2', '3', '4', '5'] };
    expect(await severityAt(1, { lineage })).toMatchObject({ effective_severity: 'high' });
    const far = await severityAt(1, { lineage, severity: { escalateAbovePercent: 50 } });
    expect(far).toMatchObject({ effective_severity: 'high', escalated: true });
  });

  it('leaves rules that passed as they were declared', async () => {
    expect(await severityAt(0)).toMatchObject({ effective_severity: 'medium', escalated: false, diagnosis: null });
  });
});

describe('diagnose', () => {
  it('repeats what the author of the rule declared, and invents nothing', async () => {
    const declared = { ...rule('r1'), diagnosis: { common_causes: ['a late load'] } };
    const report = await createPipeline(optionsFor([declared, rule('r2', 'b')], warehouse(1))).run();
    expect(report.results.map(({ diagnosis }) => diagnosis?.evidence ?? null)).toMatchObject([
      [{ id: 'e1', kind: 'declared_cause', sentence: 'Declared as a common cause: a late load' }],
      null,
    ]);
  });
});

describe('a run that was interrupted', () => {
  const documents = [rule('r1', 'a'), rule('r2', 'b')];

  /** Runs until table `b` is asked for, then stops listening as a killed process would. */
  const interrupt = async (store: CheckpointStore) => {
    const never = new Promise<readonly Row[]>(() => undefined);
    const stuck = warehouse(1, ((sql: string) => (sql.includes('"b"') ? never : counting(1)(sql))) as never);
    const pipeline = createPipeline(optionsFor(documents, stuck, { runId: 'run', checkpoints: store }));
    for await (const event of pipeline.stream()) {
      if (event.type === 'step_finished' && event.node === 'rca') break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('continues without repeating finished tables', async () => {
    const store = memoryStore();
    await interrupt(store);
    const fresh = warehouse(1);
    const options = optionsFor(documents, fresh, { runId: 'run', checkpoints: store, resume: true });
    const report = await createPipeline(options).run();
    expect(report.results.map(({ rule_id, outcome }) => [rule_id, outcome])).toEqual([
      ['r1', 'fail'],
      ['r2', 'fail'],
    ]);
    expect(fresh.statements.filter((sql) => sql.includes('"a"'))).toEqual([]);
    expect(store.values.size).toBe(0);
  });

  it('keeps no raw row in its checkpoints', async () => {
    const store = memoryStore();
    const secret = (sql: string): readonly Row[] => (sql.includes('m0') ? counting(1)(sql) : [{ x: 'secret-value' }]);
    const deleted: string[] = [];
    const keeping = { ...store, deleteScope: async (scope: string) => void deleted.push(scope) };
    await createPipeline(optionsFor(documents, warehouse(1, secret), { checkpoints: keeping })).run();
    const written = [...store.values.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    expect(written).toContain('r1');
    expect(written).not.toContain('secret-value');
  });

  it('is refused when the rules or the clock differ', async () => {
    const store = memoryStore();
    await interrupt(store);
    const resume = { runId: 'run', checkpoints: store, resume: true };
    const others = optionsFor([rule('r1', 'a'), rule('r3', 'c')], warehouse(0), resume);
    await expect(createPipeline(others).run()).rejects.toMatchObject({ code: 'plan/resume-mismatch' });
    const later = optionsFor(documents, warehouse(0), { ...resume, now: '2026-01-16T12:00:00Z' });
    await expect(createPipeline(later).run()).rejects.toThrow('the clock changed');
  });

  it('is refused when it left no checkpoint', async () => {
    const options = optionsFor(documents, warehouse(0), { runId: 'gone', checkpoints: memoryStore(), resume: true });
    await expect(createPipeline(options).run()).rejects.toMatchObject({ code: 'plan/resume-mismatch' });
  });
});

describe('a plan', () => {
  it('lists the statements and sends none of them', async () => {
    const fake = warehouse(0);
    const [planned] = await createPipeline(optionsFor([rule('r1'), rule('r2')], fake)).plan();
    expect(planned?.statements.map(({ ruleIds }) => ruleIds)).toEqual([['r1', 'r2']]);
    expect(fake.statements).toEqual([]);
  });

  it('shows the rules that would be errors', async () => {
    const [planned] = await createPipeline(optionsFor([rule('r1', 'nowhere')], warehouse(0))).plan();
    expect(planned?.errors).toMatchObject([{ ruleId: 'r1', code: 'plan/missing-table' }]);
  });

  it('is refused under --max-bytes when nobody can say how many bytes it reads', async () => {
    const run = createPipeline(optionsFor([rule('r1')], warehouse(0), { maxBytes: 1 })).run();
    await expect(run).rejects.toMatchObject({ code: 'plan/limit' });
  });
});
