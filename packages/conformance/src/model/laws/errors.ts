import type { ModelReason } from '@aegis/spec';
import { expect } from 'vitest';
import { failureOf } from '../failure.js';
import type { Law } from '../law.js';
import type { ModelFeature, ModelScript } from '../model-kit.js';
import { question } from '../stage.js';
import { strangeServer } from '../strange-server.js';

type Failing = Omit<Extract<ModelScript, { readonly kind: 'error' }>, 'kind'>;

interface Expected {
  readonly title: string;
  readonly failing: Failing;
  readonly reason: ModelReason;
  readonly retryAfterMs?: number;
  readonly needs?: ModelFeature;
}

const statuses: readonly Expected[] = [
  { title: '400', failing: { status: 400 }, reason: 'invalid-request' },
  { title: '401', failing: { status: 401 }, reason: 'authentication', needs: 'authentication' },
  { title: '403', failing: { status: 403 }, reason: 'authentication', needs: 'authentication' },
  { title: '404', failing: { status: 404 }, reason: 'not-found' },
  { title: '429', failing: { status: 429 }, reason: 'rate-limit' },
  { title: '500', failing: { status: 500 }, reason: 'overloaded' },
  { title: '503', failing: { status: 503 }, reason: 'overloaded' },
  { title: '529', failing: { status: 529 }, reason: 'overloaded' },
  ...([429, 503] as const).map((status) => ({
    title: `${status} with retry-after`,
    failing: { status, retryAfterSeconds: 7 },
    reason: status === 429 ? ('rate-limit' as const) : ('overloaded' as const),
    retryAfterMs: 7_000,
    needs: 'retryAfter' as const,
  })),
  { title: 'no credit', failing: { status: 429, reason: 'quota' }, reason: 'quota', needs: 'quota' },
  {
    title: 'a request that is too long',
    failing: { status: 400, reason: 'context-length' },
    reason: 'context-length',
    needs: 'contextLength',
  },
  {
    title: 'a request that the vendor refuses',
    failing: { status: 400, reason: 'content-filter' },
    reason: 'content-filter',
    needs: 'contentFilter',
  },
];

const retryable: ReadonlySet<ModelReason> = new Set(['rate-limit', 'overloaded']);

const statusLaw = ({ title, failing, reason, retryAfterMs, needs }: Expected): Law => ({
  sentence: `of ${title} have the reason ${reason}, after one attempt`,
  ...(needs && { needs }),
  check: async (stage) => {
    const error = await failureOf(stage.answerTo({ kind: 'error', ...failing }));
    expect(error.code).toBe(`model/${reason}`);
    expect(error.retryAfterMs).toBe(retryAfterMs);
    expect(error.retryable).toBe(retryable.has(reason));
    expect(stage.server.requests).toHaveLength(1);
  },
});

/** Those that a person can do something about say what. */
const withHint: readonly Expected[] = statuses.filter(({ reason }) =>
  ['authentication', 'not-found', 'quota', 'context-length'].includes(reason),
);

const hintLaw = ({ title, failing, needs }: Expected): Law => ({
  sentence: `of ${title} say what to do`,
  ...(needs && { needs }),
  check: async (stage) => {
    expect((await failureOf(stage.answerTo({ kind: 'error', ...failing }))).hint).toMatch(/\S/);
  },
});

export const errorLaws: readonly Law[] = [
  ...statuses.map(statusLaw),
  ...withHint.map(hintLaw),
  {
    sentence: 'are short, one line, and keep the original',
    check: async (stage) => {
      for (const status of [400, 404, 500]) {
        const error = await failureOf(stage.answerTo({ kind: 'error', status }));
        expect(error.message).toMatch(/\S/);
        expect(error.message.length).toBeLessThan(500);
        expect(error.message).not.toContain('\n');
        expect(error.cause).toBeDefined();
      }
    },
  },
  {
    sentence: 'of a gateway that answers with a page have a reason, and one that may be tried again',
    check: async (stage) => {
      await strangeServer(page(502), async (server) => {
        const model = stage.kit.create(server);
        expect(await failureOf(model.generate(question))).toMatchObject({ code: 'model/overloaded', retryable: true });
      });
    },
  },
  ...[
    { what: 'a page', answer: page(200) },
    { what: 'other JSON', answer: json('{"hello": "world"}') },
    { what: 'JSON that is no object', answer: json('[1, 2]') },
    { what: 'nothing', answer: json('') },
  ].map(
    ({ what, answer }): Law => ({
      sentence: `of a host that answers with ${what} are errors, and no empty answers`,
      check: async (stage) => {
        await strangeServer(answer, async (server) => {
          const error = await failureOf(stage.kit.create(server).generate(question));
          expect(error.code).toMatch(/^model\//);
          expect(error.message).not.toMatch(/undefined|is not a function|is not iterable|Cannot read/);
        });
      },
    }),
  ),
];

function page(status: number) {
  return { status, type: 'text/html', body: `<html><body>${'<p>Bad Gateway</p>\n'.repeat(200)}</body></html>` };
}

function json(body: string) {
  return { status: 200, type: 'application/json', body };
}
