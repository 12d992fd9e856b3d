import { describe, expect, it } from 'vitest';
import { help, parseFlags } from './flags.js';

describe('the flags of aegis-mcp', () => {
  it('are what a server is started with', () => {
    const args = [
      '--root',
      'a',
      '--root',
      'b',
      '--samples',
      'redacted',
      '--no-llm',
      '--transport',
      'http',
      '--port',
      '0',
    ];
    expect(parseFlags(args)).toMatchObject({
      ...{ roots: ['a', 'b'], samples: 'redacted', llm: false, transport: 'http', port: 0 },
    });
    expect(parseFlags([])).toMatchObject({ roots: undefined, llm: undefined, transport: undefined });
    expect([parseFlags(['-h']), parseFlags(['-V'])]).toEqual(['help', 'version']);
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'"],
    [['rules'], /Unexpected argument 'rules'/],
    [['--root'], /argument missing/],
    [['--transport', 'sse'], '--transport must be one of stdio, http'],
    [['--samples', 'full'], '--samples must be one of none, redacted'],
    [['--port', '70000'], /whole number from 0 to 65535/],
    [['--port', '-1'], /./],
    [['--port', ''], /whole number/],
  ])('are refused where they are wrong: %j', (args, message) => {
    expect(() => parseFlags(args)).toThrow(
      expect.objectContaining({
        code: 'config/usage',
        message: expect.stringMatching(message),
        hint: 'See aegis-mcp --help.',
      }),
    );
  });

  it('are all in the help', () => {
    for (const flag of [
      'transport',
      'root',
      'samples',
      'db',
      'lineage',
      'history',
      'no-llm',
      'token-file',
      'allow-host',
    ]) {
      expect(help).toContain(`--${flag}`);
    }
  });
});
