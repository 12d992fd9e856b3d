import { describe, expect, it } from 'vitest';
import { aegis } from './testing/memory-effects.js';

describe('the command line', () => {
  it('prints its version and nothing else', async () => {
    expect(await aegis(['--version'])).toEqual({ code: 0, stdout: '0.0.0\n', stderr: '' });
  });

  it.each([
    [['runn'], "unknown command 'runn'", '(Did you mean run?)'],
    [['run', 'x', '--selct', 'y'], "unknown option '--selct'", '(Did you mean --select?)'],
    [['audit', 'list-rnus'], "unknown command 'list-rnus'", '(Did you mean list-runs?)'],
    [['run'], "missing required argument 'rules'", ''],
    [['run', 'x', '--format', 'pdf'], "argument 'pdf' is invalid", 'Allowed choices are terminal, json'],
    [['run', 'x', '--concurrency', '0'], "argument '0' is invalid", 'whole number of at least 1'],
    [['run', 'x', '--timeout', 'soon'], "argument 'soon' is invalid", 'number above 0'],
    [['run', 'x', '--now', 'yesterday'], "argument 'yesterday' is invalid", '2026-01-15T12:00:00Z'],
    [['run', 'x', '--connection', 'host'], "argument 'host' is invalid", 'KEY=VALUE'],
    [['run', ''], "'' is invalid for argument 'rules'", 'must not be empty'],
    [['run', 'x', '--db', ''], "argument '' is invalid", 'must not be empty'],
    [['run', 'x', '--output-json', ' '], "argument ' ' is invalid", 'must not be empty'],
    [['audit', 'show', '--history', ''], "argument '' is invalid", 'must not be empty'],
  ])('answers %j with what is wrong and exit code 2', async (args, message, help) => {
    const { code, stdout, stderr } = await aegis(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
  });

  it('shows help and exit code 2 when it is told nothing', async () => {
    const { code, stdout, stderr } = await aegis([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: aegis');
  });

  it('shows a mistake of the user without a stack', async () => {
    const { code, stderr } = await aegis(['validate', 'nosuch.yaml']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: no such file or directory: nosuch\.yaml\n$/);
  });

  it('calls anything else a bug, with a stack only when asked', async () => {
    const broken = () => Promise.reject(new TypeError('x is not a function'));
    const quiet = await aegis(['init', '--warehouse', 'acme'], { now: () => new Date(), importFrom: broken });
    expect(quiet.code).toBe(0);
    const interruption = () => {
      throw new TypeError('x is not a function');
    };
    const short = await aegis(['plan', 'x'], { interruption });
    expect(short).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error: x is not a function\n {2}This is a bug/),
    });
    const long = await aegis(['plan', 'x'], { interruption, env: { AEGIS_DEBUG: '1' } });
    expect(long.stderr).toContain('at ');
  });
});

const commands = [
  ['init'],
  ['validate'],
  ['plan'],
  ['run'],
  ['report'],
  ['report', 'compare'],
  ['rules'],
  ['rules', 'list'],
  ['rules', 'show'],
  ['rules', 'schema'],
  ['audit'],
  ['audit', 'list-runs'],
  ['audit', 'show'],
  ['completion'],
];

it.each(commands)('has help with examples for %s %s', async (...command) => {
  const { code, stdout } = await aegis([...command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(`Usage: aegis ${command.join(' ')}`);
  expect(stdout).toMatch(/Examples?:\n {2}\$ /);
});
