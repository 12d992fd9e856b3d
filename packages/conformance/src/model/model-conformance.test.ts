import { afterAll, expect, it } from 'vitest';
import { type Mistake, PlainModel } from './__fixtures__/plain-model.js';
import { plainKey, plainServer } from './__fixtures__/plain-server.js';
import { reasonToSkip } from './law.js';
import { lawGroups } from './law-groups.js';
import { modelConformance } from './model-conformance.js';
import type { ModelKit } from './model-kit.js';
import { Stage } from './stage.js';

const kitOf = (mistake?: Mistake): ModelKit => ({
  name: 'a plain adapter',
  serve: plainServer,
  create: ({ url }, { timeoutMs } = {}) => new PlainModel({ url, key: plainKey, timeoutMs, mistake }),
  credentials: {
    secret: plainKey,
    names: ['PLAIN_KEY', 'option key'],
    createWithout: ({ url }) => new PlainModel({ url, mistake }),
  },
});

const vendor = await plainServer();
afterAll(() => vendor.close());
vendor.play(
  { kind: 'answer', text: 'Seven', usage: { inputTokens: 9, outputTokens: 1 } },
  { kind: 'answer', structured: '{"verdict":"bad","rows":7,"causes":["a late file"]}' },
  {
    kind: 'answer',
    toolCalls: [{ id: 'call_1', name: 'count_rows', arguments: { table: 'orders' } }],
    finish: 'tool_calls',
  },
  { kind: 'answer', text: 'It has 4,711 rows.' },
);

const kit = kitOf();
modelConformance({ ...kit, real: () => ({ model: kit.create(vendor), missing: 'PLAIN_KEY' }) });

const broken: { readonly [mistake in Mistake]: string } = {
  'trims text': 'answers keep every character',
  'knows no end but stop': 'answers that were cut off at the token limit end with length',
  'takes whatever JSON for an answer': 'errors of a host that answers with other JSON are errors, and no empty answers',
  'forgets the system text': 'requests carry the system text, or none',
  'writes into the request': 'requests are not changed on the way',
  'sends foreign state': 'requests leave out the state of another vendor',
  'asks for no cache': 'requests ask the vendor to cache what many calls begin with',
  'counts calls anew': 'tools are called under the ids of the vendor',
  'mixes up results': 'tools get their results to the model, in order, beside the calls',
  'hides failures of tools': 'tools that failed say so',
  'loses thoughts': 'thinking is handed back unchanged with the results of tools, also after it was stored',
  'shows thoughts as text': 'thinking is no part of the text',
  'forgets the schema': 'structured answers are bound to the schema, and read',
  'mends half an answer': 'structured answers that are malformed keep their text and are not read',
  'counts cached tokens as input': 'token counts keep what was read from a cache apart from the input',
  'tries again by itself': 'errors of 500 have the reason overloaded, after one attempt',
  'has one reason for everything': 'errors of no credit have the reason quota, after one attempt',
  'forgets how long to wait': 'errors of 429 with retry-after have the reason rate-limit, after one attempt',
  'answers what arrived before the break':
    'a connection that breaks in the middle of an answer has the reason connection',
  'has no time limit': 'a connection that brings half an answer in time is closed, with the reason timeout',
  'gives up without closing':
    'a call that is stopped before the answer closes the connection, with the reason cancelled',
  'sends what was stopped before': 'a call that is stopped before it began is not sent',
  'stays on the signal': 'a call that is stopped or not leaves nothing on the signal, which lives as long as the run',
  'shows the key': 'credentials are in no error, nor in what an error was caused by',
  'asks for the key at once': 'credentials that are missing are missed at the first call, which says what to set',
};

const laws = lawGroups.flatMap((group) =>
  group.laws.map((law) => ({ name: `${group.subject} ${law.sentence}`, ...law })),
);

const lawOf = (name: string) => {
  const law = laws.find((each) => each.name === name);
  if (!law) throw new Error(`no law says: ${name}`);
  return law;
};

it.each(Object.entries(broken))('notices an adapter that %s', async (mistake, sentence) => {
  const law = lawOf(sentence);
  await expect(Stage.during(kitOf(mistake as Mistake), (stage) => law.check(stage))).rejects.toThrow();
});

it('says every law once', () => {
  expect(new Set(laws.map(({ name }) => name)).size).toBe(laws.length);
});

it('skips a law only where the protocol lacks what it is about, with the reason', () => {
  const lacking: ModelKit = { ...kit, lacks: { refusal: 'the vendor never refuses' } };
  const skipped = laws.filter((law) => reasonToSkip(law, lacking) !== undefined);
  expect(skipped.map(({ name }) => name)).toEqual(['answers that were refused end with content_filter']);
  expect(skipped.map((law) => reasonToSkip(law, lacking))).toEqual(['refusal: the vendor never refuses']);
});
