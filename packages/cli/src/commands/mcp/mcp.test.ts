import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CliEffects } from '../../cli-effects.js';
import { aegis, memoryEffects } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

/** Loaded as the command loads it: only where someone uses it. */
const mcp = await import('@aegis/mcp');

const run = async (args: readonly string[], effects: Partial<CliEffects> = {}) =>
  aegis(['mcp', ...args], { cwd: await shop(), importFrom: async () => mcp, ...effects });

const token = 'a-token-for-tests-only';

describe('aegis mcp', () => {
  it('serves over HTTP until it is told to stop', async () => {
    const cwd = await shop();
    await writeFile(join(cwd, 'token'), `${token}\n`);
    const effects = await memoryEffects({ cwd, importFrom: async () => mcp });
    const served = Promise.withResolvers<string>();
    const stderr = {
      ...effects.stderr,
      write: (text: string) => {
        effects.stderr.write(text);
        served.resolve(/http\S+/.exec(text)?.[0] ?? '');
      },
    };
    const args = ['mcp', '--transport', 'http', '--port', '0', '--token-file', 'token', '--root', 'rules'];
    const ended = aegis(args, { ...effects, stderr });
    const url = await served.promise;
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    expect((await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status).not.toBe(401);
    effects.interrupt.abort();
    expect((await ended).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    expect(effects.written.stderr).toMatch(/^Aegis serves MCP at http:\/\/127\.0\.0\.1:\d+\/mcp\n$/);
    expect(effects.written.stdout).toBe('');
  });

  it.each([
    [['--transport', 'http'], {}, /needs a token that its clients send\n {2}Set AEGIS_MCP_TOKEN/],
    [['--transport', 'http'], { AEGIS_MCP_TOKEN: 'short' }, /must have at least 16 characters/],
    [['--transport', 'http'], { AEGIS_MCP_TOKEN: 'has a space in it somewhere' }, /without spaces/],
    [['--transport', 'http', '--token-file', 'gone'], {}, /the token file gone cannot be read/],
    [['--root', 'gone'], {}, /the root gone is no folder/],
    [['--root', 'customers.csv'], {}, /the root customers\.csv is no folder/],
    [['--samples', 'full'], {}, /Allowed choices are none, redacted/],
    [['--transport', 'sse'], {}, /Allowed choices are stdio, http/],
    [
      ['--transport', 'http', '--host', '203.0.113.1'],
      { AEGIS_MCP_TOKEN: token },
      /cannot listen at 203\.0\.113\.1:8808/,
    ],
  ])('refuses %j', async (args, env, message) => {
    const { code, stdout, stderr } = await run(args, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('says what to install where the package is missing or of another version', async () => {
    expect(await run([], { importFrom: async () => undefined })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: aegis mcp needs @aegis/mcp, which is not installed\n  Run: npm install @aegis/mcp\n',
    });
    expect((await run([], { importFrom: async () => ({}) })).stderr).toContain('is of a version that does not fit');
  });
});
