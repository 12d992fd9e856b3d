import { appendFile } from 'node:fs/promises';
import type { OpenLineageEvent } from '../export/openlineage/event.js';
import { reasonOf } from './fetch-source.js';
import { isHttp, shownUrl, withoutCredentials } from './source-url.js';

export interface SendOptions {
  /** Sent as a bearer token. */
  readonly apiKey?: string | undefined;
  /** For each event. Default: 10 seconds. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Appends events to a file, one per line, or posts each to a URL; of a server without a path, to `/api/v1/lineage`. Gives
 * why not where that fails, and stops there; nothing is thrown.
 */
export const sendEvents = async (
  target: string,
  events: readonly OpenLineageEvent[],
  options: SendOptions = {},
): Promise<string | undefined> => {
  const failure = isHttp(target) ? await postAll(target, events, options) : await append(target, events);
  return failure === undefined ? undefined : `${shownUrl(target)} ${failure}`;
};

const append = async (path: string, events: readonly OpenLineageEvent[]): Promise<string | undefined> => {
  try {
    await appendFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    return undefined;
  } catch (error) {
    return `cannot be written${error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''}`;
  }
};

const postAll = async (
  target: string,
  events: readonly OpenLineageEvent[],
  options: SendOptions,
): Promise<string | undefined> => {
  for (const event of events) {
    const failure = await post(target, event, options);
    if (failure !== undefined) return failure;
  }
  return undefined;
};

const post = async (
  target: string,
  event: OpenLineageEvent,
  { apiKey, timeoutMs = 10_000 }: SendOptions,
): Promise<string | undefined> => {
  try {
    const { url, headers } = withoutCredentials(target);
    if (url.pathname === '/') url.pathname = '/api/v1/lineage';
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status} ${response.statusText}`.trimEnd();
  } catch (error) {
    return reasonOf(error);
  }
};
