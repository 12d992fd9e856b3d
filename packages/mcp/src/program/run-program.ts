import { importFromFolders } from '@aegis/project';
import { type Effects, SecretRegistry } from '@aegis/project/program';
import { isAegisError } from '@aegis/spec';
import { serve } from '../server/serve.js';
import { VERSION } from '../version.js';
import { help, parseFlags } from './flags.js';

/** Runs `aegis-mcp` with these arguments, and gives its exit code. Never rejects. */
export const runProgram = async (args: readonly string[]): Promise<0 | 2> => {
  const secrets = new SecretRegistry();
  const log = (line: string): void => void process.stderr.write(`${secrets.scrub(line)}\n`);
  try {
    const flags = parseFlags(args);
    if (flags === 'help') process.stdout.write(help);
    else if (flags === 'version') process.stdout.write(`${VERSION}\n`);
    else await serve(flags, processEffects(secrets), log);
    return 0;
  } catch (error) {
    log(`error: ${displayOf(error)}`);
    return 2;
  }
};

const displayOf = (error: unknown): string => {
  if (isAegisError(error)) return error.display;
  const text = error instanceof Error ? error.message : String(error);
  return process.env.AEGIS_DEBUG === '1' && error instanceof Error ? (error.stack ?? text) : text;
};

const processEffects = (secrets: SecretRegistry): Effects => ({
  cwd: process.cwd(),
  env: process.env,
  now: () => new Date(),
  importFrom: importFromFolders([import.meta.dirname, process.argv[1] ?? '.']),
  secrets,
  signal: stopSignal(),
});

/** The first signal asks to stop; the next one has its usual meaning, and kills. */
const stopSignal = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
};
