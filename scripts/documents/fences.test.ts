import { describe, expect, it } from 'vitest';
import { checkedFences, fencesOf, hasCheckedExample, stepsOf } from './fences.js';

const fence = (info: string, ...body: readonly string[]) => [`\`\`\`${info}`, ...body, '```'].join('\n');

describe('fencesOf', () => {
  it('gives language, words, text and the line of the first line inside', () => {
    expect(fencesOf(`# Title\n\n${fence('ts run', 'const a = 1;', 'a;')}\n`)).toEqual([
      { language: 'ts', words: ['run'], text: 'const a = 1;\na;\n', line: 4 },
    ]);
  });

  it('takes the indentation of a fence in a list off its body', () => {
    expect(fencesOf('1. Step\n   ```sh run\n   echo hi\n   ```')[0]?.text).toBe('echo hi\n');
  });

  it('does not end a long fence at a shorter one inside it', () => {
    const outer = ['````md', '```ts run', 'a', '```', '````'].join('\n');
    expect(fencesOf(outer)).toMatchObject([{ language: 'md', text: '```ts run\na\n```\n' }]);
  });

  it('ignores a fence that is never closed', () => {
    expect(fencesOf('```ts run\nconst a = 1;')).toEqual([]);
  });

  it('ignores inline code', () => {
    expect(fencesOf('Write ```ts run``` in the info string.')).toEqual([]);
  });
});

describe('stepsOf', () => {
  it('keeps runs and files in document order and leaves the rest', () => {
    const document = [fence('yaml file=rules.yaml', 'rules: []'), fence('ts', 'x'), fence('sh run', 'ls')].join('\n\n');
    expect(stepsOf(document).map((step) => step.kind)).toEqual(['file', 'run']);
  });

  it('pairs a run with the output fence right after it', () => {
    const document = [fence('sh run', 'echo hi'), 'prints', fence('text output', 'hi')].join('\n');
    expect(stepsOf(document)).toMatchObject([{ kind: 'run', language: 'sh', output: 'hi\n' }]);
  });

  it('expects exit code 0 unless the info string says otherwise', () => {
    expect(stepsOf([fence('sh run', 'true'), fence('sh run exit=1', 'false')].join('\n'))).toMatchObject([
      { exitCode: 0 },
      { exitCode: 1 },
    ]);
  });

  it('refuses to run a language it cannot run', () => {
    expect(() => stepsOf(fence('python run', 'print()'))).toThrow('line 2: only ts and sh fences run, not python');
  });
});

describe('checkedFences', () => {
  it('holds what runs and what is only compiled', () => {
    const document = [fence('ts run', 'a'), fence('ts check', 'b'), fence('ts', 'c')].join('\n');
    expect(checkedFences(document).map(({ text }) => text)).toEqual(['a\n', 'b\n']);
  });

  it.each([
    [fence('sh run', 'aegis --version'), true],
    [fence('ts check', 'a'), true],
    [fence('ts', 'a'), false],
  ])('decides whether %j shows a checked example', (document, expected) => {
    expect(hasCheckedExample(document)).toBe(expected);
  });
});
