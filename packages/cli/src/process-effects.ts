import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { SecretRegistry } from '@aegis/project/program';
import type { CliEffects, Interruption, TextStream } from './cli-effects.js';
import { exitCodes } from './exit-codes.js';

/** The effects of the running process. */
export const processEffects = (): CliEffects => {
  const stderr = textStream(process.stderr, () => undefined);
  return {
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    secrets: new SecretRegistry(),
    stdout: textStream(process.stdout, (error) => endIncomplete(error, stderr)),
    stderr,
    importFrom: async (specifier, folders) => {
      const { importFromFolders } = await import('@aegis/project');
      return importFromFolders(ownFolders())(specifier, folders);
    },
    interruption: () => interruption(stderr),
  };
};

/** Where the program lies, and where it was called by: a global install may link one to the other. */
const ownFolders = (): readonly string[] => {
  const called = process.argv[1];
  return [dirname(fileURLToPath(import.meta.url)), ...(called === undefined ? [] : [dirname(called)])];
};

/** A reader that went away (`aegis run … | head`) ends the output, not the run; so does a full disk, which is told. */
const textStream = (stream: NodeJS.WriteStream, onLost: (error: NodeJS.ErrnoException) => void): TextStream => {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone && error.code !== 'EPIPE') onLost(error);
    gone = true;
  });
  return {
    write: (text) => {
      if (!gone) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : undefined,
  };
};

/** The result did not arrive, whatever it was. */
const endIncomplete = ({ code, message }: NodeJS.ErrnoException, stderr: TextStream): void => {
  const reason = code === 'ENOSPC' ? 'the disk is full' : message;
  stderr.write(`error: the output cannot be written: ${reason}\n`);
  process.once('exit', () => {
    process.exitCode = exitCodes.incomplete;
  });
};

/** The first signal asks to stop; after it, signals have their usual meaning and kill. */
const interruption = (stderr: TextStream): Interruption => {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const release = (): void => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = (): void => {
    release();
    stderr.write('\nStopping; what is known so far will be reported. Press Ctrl-C again to quit at once.\n');
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  return { signal: controller.signal, release };
};
