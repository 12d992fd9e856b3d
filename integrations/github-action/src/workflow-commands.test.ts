import { expect, it } from 'vitest';
import { maskCommands, workflowCommand } from './workflow-commands.ts';

it('is one line, whatever the message and the properties hold', () => {
  const command = workflowCommand('error', '100%\r\n::set-output name=x::y', {
    title: 'a,b:c\n%',
    file: 'r,1.yaml',
    line: 3,
  });
  expect(command).toBe('::error title=a%2Cb%3Ac%0A%25,file=r%2C1.yaml,line=3::100%25%0D%0A::set-output name=x::y\n');
});

it('leaves properties out that are not known', () => {
  expect(workflowCommand('notice', 'x', { file: undefined })).toBe('::notice::x\n');
});

it('masks each line of a secret', () => {
  expect(maskCommands('one\r\n\ntwo%')).toBe('::add-mask::one\n::add-mask::two%25\n');
});
