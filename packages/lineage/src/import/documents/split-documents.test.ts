import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from './parse-document.js';
import { splitDocuments } from './split-documents.js';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const read = async (text: string, { size = 7, longest = 1000 } = {}): Promise<unknown[]> => {
  const found: unknown[] = [];
  for await (const document of splitDocuments(pieces(text, size), { longest })) {
    const parsed = parseDocument(document);
    found.push(parsed.kind === 'document' ? parsed.value : `${document.line}: ${parsed.message}`);
  }
  return found;
};

describe('documents', () => {
  it.each([
    ['one over several lines', '{\n  "a": "}{",\n  "b": [1]\n}\n', [{ a: '}{', b: [1] }]],
    ['one on one line', '{"a":1}', [{ a: 1 }]],
    ['the elements of an array', '[\n {"a":1},\n {"b":"\\"}"}\n]', [{ a: 1 }, { b: '"}' }]],
    ['one per line', '{"a":1}\n\n{"b":2}\r\n{"c":3}', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['several one after the other', '{\n"a":1\n}{\n"b":2}', [{ a: 1 }, { b: 2 }]],
    ['after a byte order mark', '\uFEFF{"a":1}\n{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['none', ' \n ', []],
  ])('are %s', async (_name, text, documents) => {
    for (const size of [1, 2, 7, 1000]) expect(await read(text, { size })).toEqual(documents);
  });

  it('end with half of one where the writer was cut off', async () => {
    expect(await read('{"a":1}\n{"b":2}\n{"c":')).toEqual([{ a: 1 }, { b: 2 }, '3: half of an event']);
    expect(await read('[{"a":1},\n{"b":')).toEqual([{ a: 1 }, '2: the file ends in the middle of a document']);
  });

  it('go on after a line that is none, also after the first', async () => {
    expect(await read('{"a":\n{"b":2}\nnonsense\n{"c":3}\n')).toEqual([
      '1: half of an event',
      { b: 2 },
      '3: not JSON',
      { c: 3 },
    ]);
  });

  it('are not text of another kind', async () => {
    expect(await read('<html></html>')).toEqual(['1: text that is no JSON object']);
  });

  it('that are too long are told and passed over', async () => {
    const long = JSON.stringify({ a: 'x'.repeat(2000) });
    expect(await read(`{"a":1}\n${long}\n{"b":2}`)).toEqual([
      { a: 1 },
      '2: a document is too long to be read',
      { b: 2 },
    ]);
  });

  it('come out as they went in, in every form and however they are cut', async () => {
    const documents = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
    const forms = [
      (all: readonly unknown[]) => all.map((each) => JSON.stringify(each)).join('\n'),
      (all: readonly unknown[]) => JSON.stringify(all),
      (all: readonly unknown[]) => JSON.stringify(all, null, 2),
    ];
    await fc.assert(
      fc.asyncProperty(documents, fc.integer({ min: 1, max: 20 }), async (all, size) => {
        const expected = JSON.parse(JSON.stringify(all));
        for (const form of forms) expect(await read(form(all), { size, longest: 1e6 })).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
