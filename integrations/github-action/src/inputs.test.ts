import { describe, expect, it } from 'vitest';
import { readInputs } from './inputs.ts';
import { runArguments } from './run-arguments.ts';
import { withoutSecrets } from './secrets.ts';

const inputs = (values: { readonly [name: string]: string }) =>
  readInputs({ AEGIS_ACTION_INPUTS: JSON.stringify({ rules: 'rules', ...values }) });

describe('inputs', () => {
  it.each([
    [{ rules: ' \n ' }, 'The input rules is empty'],
    [{ comment: 'yes' }, 'The input comment must be one of true, false, not "yes"'],
    [{ 'fail-on': 'urgent' }, 'The input fail-on must be one of critical'],
    [{ samples: 'full' }, 'The input samples must be one of none, redacted'],
    [{ connection: 'host=x\nhunter2' }, 'Line 2 of the input connection must look like KEY=VALUE.'],
    [{ name: 'a --> b' }, 'The input name must be 1 to 60 letters'],
  ])('%j are refused with what is wrong', (values, message) => {
    expect(() => inputs(values)).toThrow(message);
  });

  it('that list things have one a line', () => {
    expect(inputs({ rules: ' a.yaml \r\n\n b c.yaml\n' }).rules).toEqual(['a.yaml', 'b c.yaml']);
  });
});

describe('the arguments of a run', () => {
  it('cannot be made of values', () => {
    const given = inputs({ rules: '--output-json=x\n$(touch pwned)', where: '--llm=openai', db: '-q', select: '; ls' });
    expect(runArguments(given, '/tmp/report.json')).toEqual([
      'run',
      '--no-llm',
      '--db=-q',
      '--select=; ls',
      '--where=--llm=openai',
      '--output-json=/tmp/report.json',
      '--',
      '--output-json=x',
      '$(touch pwned)',
    ]);
  });

  it('name a model only when one was asked for, and none for fail-on none', () => {
    const args = runArguments(
      inputs({ llm: 'ollama', 'llm-model': 'm', 'fail-on': 'none', arguments: '--quiet' }),
      'r',
    );
    expect(args).toEqual(['run', '--llm=ollama', '--llm-model=m', '--quiet', '--output-json=r', '--', 'rules']);
  });
});

it('takes the token and secret options out of what leaves the job', () => {
  const given = inputs({ token: 'ghs_1', connection: 'host=db\npassword=hunter2=\nkey=1\nuser=ann' });
  expect(withoutSecrets('db 1 ann hunter2= ghs_1', given)).toBe('db 1 ann *** ***');
});
