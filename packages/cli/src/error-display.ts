import { isAegisError } from '@aegis/spec';
import type { CliEffects } from './cli-effects.js';

/** Shows an error on stderr, without any secret that was resolved. */
export const showError = (error: unknown, { stderr, secrets, env }: CliEffects): void =>
  stderr.write(secrets.scrub(errorText(error, env)));

/** What a person sees of an error: place, message and hint; a stack only for a bug, and only when asked for. */
const errorText = (error: unknown, env: CliEffects['env']): string => {
  const details = env.AEGIS_DEBUG === '1' ? stackOf(error) : '';
  if (isAegisError(error)) return `error: ${error.display}\n${details}`;
  const message = error instanceof Error ? error.message : String(error);
  return details
    ? `error: ${message}\n${details}`
    : `error: ${message}\n  This is a bug in aegis. AEGIS_DEBUG=1 shows where; please report it with that.\n`;
};

const stackOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  const cause = error.cause === undefined ? '' : `caused by ${stackOf(error.cause) || String(error.cause)}`;
  return `${error.stack ?? error.message}\n${cause}`;
};
