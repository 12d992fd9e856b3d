import { expect, it } from 'vitest';
import { startProgram } from './start-program.ts';

const node = (code: string) => [process.execPath, '--eval', code] as const;

it('gives what a program printed, and shows it as it arrives', async () => {
  const seen: string[] = [];
  const onOutput = (chunk: string): void => void seen.push(chunk);
  const ended = await startProgram(
    node('console.error("e"); console.log(process.argv[1]); process.exitCode = 4'),
    ['$x'],
    {
      cwd: '.',
      env: {},
      onOutput,
    },
  );
  expect(ended).toEqual({ code: 4, stdout: '$x\n', stderr: 'e\n' });
  expect(seen.toSorted()).toEqual(['$x\n', 'e\n']);
});

it('passes on that the job is cancelled, so that the program can end what it began', async () => {
  const code = 'process.on("SIGINT", () => process.exit(7)); setInterval(() => {}, 9); console.log("ready")';
  const onOutput = (): void => void process.emit('SIGINT', 'SIGINT');
  expect(await startProgram(node(code), [], { cwd: '.', env: {}, onOutput })).toMatchObject({ code: 7 });
});

it('counts a program that a signal ended as incomplete', async () => {
  const { code } = await startProgram(node('process.kill(process.pid, "SIGKILL")'), [], { cwd: '.', env: {} });
  expect(code).toBe(3);
});

it('keeps what the action says to itself from the program', async () => {
  const env = { AEGIS_ACTION_INPUTS: '{"token":"x"}', AEGIS_ACTION_STEPS: '{}', KEPT: '1' };
  const { stdout } = await startProgram(node('console.log(Object.keys(process.env).join())'), [], { cwd: '.', env });
  expect(stdout).not.toContain('AEGIS_ACTION');
  expect(stdout).toContain('KEPT');
});
