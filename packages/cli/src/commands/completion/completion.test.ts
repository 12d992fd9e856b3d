import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

const complete = async (words: readonly string[], cwd?: string): Promise<readonly string[]> => {
  const { stdout } = await aegis(['complete', '--', ...words], cwd === undefined ? {} : { cwd, env: { HOME: cwd } });
  return stdout.split('\n').flatMap((line) => line.split('\t', 1).filter((value) => value !== ''));
};

describe('aegis complete', () => {
  it('completes commands and sub-commands, without the one that scripts ask', async () => {
    expect(await complete(['r'])).toEqual(['run', 'report', 'rules']);
    expect(await complete(['audit', ''])).toEqual(expect.arrayContaining(['list-runs', 'show']));
    expect(await complete(['compl'])).toEqual(['completion']);
  });

  it('completes flags and their fixed values', async () => {
    expect(await complete(['run', 'x.yaml', '--sam'])).toEqual(['--sample-rows', '--samples']);
    expect(await complete(['run', '--samples', ''])).toEqual(['none', 'redacted', 'full']);
    expect(await complete(['completion', ''])).toEqual(['bash', 'zsh', 'fish']);
  });

  it('leaves files and free text to the shell', async () => {
    expect(await complete(['run', ''])).toEqual([]);
    expect(await complete(['run', '--db', ''])).toEqual([]);
    expect(await complete(['init', 'a', ''])).toEqual([]);
  });

  it('completes rule types and recorded runs', async () => {
    expect(await complete(['rules', 'show', 'fresh'])).toEqual(['freshness']);
    const cwd = await shop();
    await aegis(['run', 'rules', '--no-llm'], { cwd, env: { HOME: cwd } });
    const [run] = await complete(['audit', 'show', ''], cwd);
    expect(run).toMatch(/^\d{8}-\d{6}-/);
    expect(await complete(['run', 'x.yaml', '--resume', ''], cwd)).toEqual([run]);
    expect(await complete(['report', ''], cwd)).toEqual(['compare', run]);
    expect(await complete(['report', 'compare', run ?? '', ''], cwd)).toEqual([run]);
  });
});

it('prints a bash script that completes without evaluating what was typed', async () => {
  const { stdout: script } = await aegis(['completion', 'bash']);
  const typed = `aegis() { printf '%s|' "$@" >&2; printf 'run\\tdescribed\\nreport\\tdescribed\\n'; }
${script.replace('2>/dev/null', '')}
COMP_WORDS=(aegis '$(touch pwned)' 'r'); COMP_CWORD=2; _aegis; echo "\${COMPREPLY[*]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', typed], { encoding: 'utf8' });
  expect(stderr).toBe('complete|--|$(touch pwned)|r|');
  expect(stdout).toBe('run report\n');
});

it.each(['zsh', 'fish'])('prints a script for %s', async (shell) => {
  expect((await aegis(['completion', shell])).stdout).toContain('aegis complete -- ');
});
