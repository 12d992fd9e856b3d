import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { summarize } from '@aegis/report';
import { compileRules } from '@aegis/rules';
import type { Report, RuleResult } from '@aegis/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadProject } from '../config/project.js';
import { testProject } from '../testing/test-project.js';
import { openNotifier } from './notify.js';
import type { NotifyOccasion } from './notify-occasions.js';
import { sendMessage } from './send-message.js';

const ruleTo = (id: string, target?: string) => ({
  metadata: { id, owner: 'o', description: 'd' },
  scope: { table: 'customers' },
  logic: { type: 'regex_match', column: 'email', pattern: '@acme' },
  ...(target !== undefined && { sla: { notification_target: target } }),
});

const testRules = compileRules([
  ruleTo('to_slack', 'slack://data-quality'),
  ruleTo('to_pager', 'pager'),
  ruleTo('to_nobody'),
]).rules;

const resultOf = (id: string, outcome: RuleResult['outcome']): RuleResult => ({
  ...{ rule_id: id, rule_type: 'regex_match', description: 'd', owner: 'o', tags: [], table: 'customers' },
  ...{ columns: ['email'], outcome, severity: 'high', effective_severity: 'high', escalated: false },
  ...{ model_severity: null, rows_checked: 1_000, rows_failed: outcome === 'pass' ? 0 : 7, unit: 'rows' },
  ...{ failed_percent: 0.7, failed_by: null, rows_sampled: null, expected: {}, notes: [], duration_ms: 1 },
  ...{ observed: { first: 'ann@example.com' }, sample: [{ email: 'ann@example.com' }], statements: 1 },
  error: outcome === 'error' ? { code: 'plan/missing-table', message: 'no ann@example.com', hint: null } : null,
  ...{ bytes_scanned: null, consistency: 'per statement', warehouse: 'duckdb', location: null, diagnosis: null },
  root_cause: {
    ...{ dataset: 'raw.customers', column: 'email', operation: null, kind: 'source', path: [] },
    evidence: [{ id: 'r1', kind: 'values', sentence: 'ann@example.com', numbers: {} }],
  },
  remediation: null,
});

/** Of the three rules, in their order. */
const reportOf = (...outcomes: readonly RuleResult['outcome'][]): Report => {
  const results = testRules.map(({ id }, index) => resultOf(id, outcomes[index] ?? 'pass'));
  return {
    ...{ schema: 'aegis.dev/report/v1', run_id: '01TEST', status: 'completed', started_at: '2026-01-15T12:00:00Z' },
    ...{ finished_at: '2026-01-15T12:00:01Z', duration_ms: 1_000, now: '2026-01-15T12:00:00Z', rules_files: [] },
    ...{ warehouses: ['duckdb'], llm: null, results, notes: [] },
    summary: summarize(results, {
      queries: 1,
      bytes_scanned: null,
      llm_calls: 0,
      input_tokens: 0,
      output_tokens: 0,
      cost_usd: 0,
    }),
    reconciliation: { pairs_checked: 0, pairs_passed: 0, pairs_failed: 0, details: [] },
  };
};

const openProject = async (config: string, env: { readonly [name: string]: string }) => {
  const effects = await testProject({ 'aegis.yaml': config }, { env });
  return { effects, project: await loadProject({}, effects) };
};

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it.
  readonly body: any;
}

/** A server that answers with these statuses in turn, the last one for ever. */
const listening = async (...answers: readonly (number | { status: number; retryAfter: string })[]) => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    received.push({
      path: request.url ?? '',
      headers: request.headers,
      body: JSON.parse((await buffer(request)).toString()),
    });
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? 200;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(answer.status, { 'retry-after': answer.retryAfter }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook/secret-path`, received };
};

const configWith = (more = '') => `
notifications:
  targets:
    data-quality: { type: slack, url: '\${env:HOOK}' }
    pager: { type: webhook, url: '\${env:HOOK}', headers: { authorization: '\${env:TOKEN}' } }
${more}`;

const notify = async (config: string, url: string, report: Report, notifyOn?: NotifyOccasion) => {
  const { project, effects } = await openProject(config, { HOOK: url, TOKEN: 'Bearer very-secret' });
  const notifier = openNotifier({ notifyOn }, testRules, project, effects);
  return { notes: await notifier?.finished(report), before: notifier?.notes };
};

describe('places that are told of a run', () => {
  it('are those that the rules name, each of its own results', async () => {
    const { url, received } = await listening(200);
    const { notes } = await notify(configWith(), url, reportOf('fail', 'fail', 'pass'));
    expect(notes).toEqual([]);
    expect(received).toHaveLength(2);
    const slack = received.find(({ body }) => body.blocks);
    const webhook = received.find(({ body }) => body.schema);
    expect(JSON.stringify(slack?.body)).toContain('to_slack');
    expect(JSON.stringify(slack?.body)).not.toContain('to_pager');
    expect(webhook?.body).toMatchObject({
      schema: 'aegis.dev/notification/v1',
      summary: { failed: 2 },
      results: [{ rule_id: 'to_pager', outcome: 'fail' }],
    });
    expect(webhook?.headers.authorization).toBe('Bearer very-secret');
  });

  it('get what no rule sends elsewhere as the default', async () => {
    const { url, received } = await listening(200);
    await notify(configWith('  default: pager\n'), url, reportOf('pass', 'pass', 'fail'));
    expect(received.map(({ body }) => body.results)).toEqual([[expect.objectContaining({ rule_id: 'to_nobody' })]]);
  });

  it('see no values of rows', async () => {
    const { url, received } = await listening(200);
    await notify(configWith('  default: pager\n'), url, reportOf('fail', 'fail', 'fail'));
    expect(JSON.stringify(received.map(({ body }) => body))).not.toContain('ann@example.com');
  });

  it('are missed where rules name them and aegis.yaml does not', async () => {
    const { url } = await listening(200);
    const config = "notifications: { targets: { data-quality: { type: slack, url: '${env:HOOK}' } } }\n";
    const { before } = await notify(config, url, reportOf('pass', 'pass', 'pass'));
    expect(before).toEqual(['Rules name the notification target "pager", which aegis.yaml does not have.']);
  });
});

describe('the occasions', () => {
  it.each([
    ['all', 'pass', 1],
    ['failures', 'pass', 0],
    ['failures', 'fail', 1],
    ['failures', 'error', 1],
    ['failures', 'warn', 0],
    ['critical', 'fail', 0],
  ] as const)('%s: a run that ends in %s is told %i times', async (occasion, outcome, times) => {
    const { url, received } = await listening(200);
    await notify(configWith('  default: pager\n'), url, reportOf('pass', 'pass', outcome), occasion);
    expect(received).toHaveLength(times);
  });

  it('critical: a critical failure is told', async () => {
    const { url, received } = await listening(200);
    const report = reportOf('pass', 'pass', 'fail');
    const results = report.results.map((result) => ({ ...result, effective_severity: 'critical' as const }));
    await notify(configWith('  default: pager\n'), url, { ...report, results }, 'critical');
    expect(received).toHaveLength(1);
  });
});

describe('a message', () => {
  it('is sent again while the server is busy', async () => {
    const { url, received } = await listening(503, { status: 429, retryAfter: '0' }, 200);
    expect(await sendMessage(url, { a: 1 }, { retryDelayMs: 1 })).toBeUndefined();
    expect(received).toHaveLength(3);
  });

  it('is given up when the server stays busy, or refuses', async () => {
    const busy = await listening(503);
    expect(await sendMessage(busy.url, {}, { retryDelayMs: 1 })).toBe('the server answered 503');
    expect(busy.received).toHaveLength(4);
    const refusing = await listening(404);
    expect(await sendMessage(refusing.url, {}, { retryDelayMs: 1 })).toBe('the server answered 404');
    expect(refusing.received).toHaveLength(1);
  });

  it('is not kept waiting for longer than half a minute', async () => {
    const { url, received } = await listening({ status: 429, retryAfter: '3600' });
    expect(await sendMessage(url, {}, { retryDelayMs: 1 })).toMatch(/asked to wait for longer than 30 s/);
    expect(received).toHaveLength(1);
  });

  it('that cannot be delivered is a note without the URL, which is a secret', async () => {
    const url = 'http://127.0.0.1:1/hook/secret-path';
    const { notes } = await notify(configWith(), url, reportOf('fail', 'pass', 'pass'));
    expect(notes).toEqual([expect.stringMatching(/^The notification target "data-quality" was not told: /)]);
    expect(JSON.stringify(notes)).not.toContain('secret-path');
  }, 30_000);
});

describe('a configuration that cannot be right', () => {
  const opening = async (config: string, env = {}) => {
    const { project, effects } = await openProject(config, env);
    return openNotifier({}, testRules, project, effects);
  };

  it('names the place of a default that is no target, and the one that was meant', async () => {
    const config = configWith('  default: pagr\n');
    await expect(opening(config, { HOOK: 'https://hooks.example', TOKEN: 't' })).rejects.toMatchObject({
      code: 'config/invalid',
      hint: 'Did you mean "pager"?',
      location: { line: 6 },
    });
  });

  it('names a URL that is none, without showing it', async () => {
    const error = await opening(configWith(), { HOOK: 'hooks.slack.com/secret', TOKEN: 't' }).catch((cause) => cause);
    expect(error).toMatchObject({ code: 'config/invalid', location: { line: 4 } });
    expect(String(error)).not.toContain('secret');
  });

  it('names a secret that is missing', async () => {
    await expect(opening(configWith())).rejects.toMatchObject({ code: 'config/missing-secret' });
  });
});
