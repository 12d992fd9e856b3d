import { isAegisError } from '@aegis/spec';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Host } from '../server/server-options.js';
import { shorten } from './shorten.js';

/** Where clients find the error as data. */
const errorKey = 'aegis.dev/error';

interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Whether the same call may succeed when it is simply made again. */
  readonly retryable: boolean;
}

/** An error as an answer that a model can act on: code, place, message and hint, never a stack. */
export const errorResult = (error: unknown, host: Host): CallToolResult => {
  const told = toldError(error);
  if (told.code === bugCode) logBug(error, host);
  const hint = told.hint === null ? '' : `\n  ${told.hint}`;
  const text = `error ${told.code}: ${displayOf(error, `${told.message}${hint}`)}`;
  return { content: [{ type: 'text', text: shorten(text, 4000) }], isError: true, _meta: { [errorKey]: told } };
};

const bugCode = 'internal';

const toldError = (error: unknown): ToldError => {
  if (isAegisError(error)) {
    const { code, message, hint, retryable } = error;
    return { code, message: shorten(message, 1000), hint: hint ?? null, retryable };
  }
  const message = shorten(error instanceof Error ? error.message : String(error), 300);
  const hint = 'This is a bug in aegis. AEGIS_DEBUG=1 in the environment of the server shows where, on its stderr.';
  return { code: bugCode, message, hint, retryable: false };
};

/** With its place, and with every problem of a rules file. */
const displayOf = (error: unknown, otherwise: string): string => (isAegisError(error) ? error.display : otherwise);

const logBug = (error: unknown, { effects: { env, secrets } }: Host): void => {
  if (env.AEGIS_DEBUG !== '1' || !(error instanceof Error)) return;
  process.stderr.write(`${secrets.scrub(error.stack ?? error.message)}\n`);
};
