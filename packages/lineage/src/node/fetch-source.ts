import { withoutCredentials } from './source-url.js';

/** What HTTP needs from outside. */
export interface HttpOptions {
  /** How long to wait for the next piece of an answer. Default: 15 seconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Something answered, or did not; nothing is thrown for it. */
export type Fetched =
  | { readonly kind: 'answer'; readonly body: AsyncIterable<string> }
  | { readonly kind: 'failure'; readonly message: string };

export const fetchText = async (source: string, options: HttpOptions = {}): Promise<Fetched> => {
  const patience = new Patience(options);
  try {
    const { url, headers } = withoutCredentials(source);
    const { signal } = patience;
    const response = await fetch(url, { headers: { accept: 'application/json', ...headers }, signal });
    if (response.ok && response.body)
      return { kind: 'answer', body: decoded(patience.watch(response.body as AsyncIterable<Uint8Array>)) };
    patience.end();
    await response.body?.cancel();
    return { kind: 'failure', message: `answered ${response.status} ${response.statusText}`.trimEnd() };
  } catch (error) {
    patience.end();
    return { kind: 'failure', message: reasonOf(error) };
  }
};

/** Gives up where nothing comes for too long; an answer as a whole may take as long as it likes. */
class Patience {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor({ timeoutMs = 15_000, signal }: HttpOptions) {
    this.#timeoutMs = timeoutMs;
    this.signal = signal ? AbortSignal.any([signal, this.#controller.signal]) : this.#controller.signal;
    this.#wait();
  }

  async *watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        this.#wait();
        yield chunk;
      }
    } finally {
      this.end();
    }
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(new DOMException('', 'TimeoutError')), this.#timeoutMs);
  }
}

/** UTF-8 in pieces, with characters that are cut between two of them kept whole. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

const codes: { readonly [code: string]: string } = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'is not a known host',
  EAI_AGAIN: 'is not a known host',
  ECONNRESET: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
};

/** Of fetch itself, which has no codes for them. */
const messages: { readonly [message: string]: string } = {
  'bad port': 'has a port that HTTP does not use',
  'redirect count exceeded': 'sends from one address to the next without end',
};

/** Why a request failed, without what it carried. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'could not be read';
  if (error.name === 'TimeoutError') return 'did not answer in time';
  const { cause } = error;
  const message = cause instanceof Error ? messages[cause.message] : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return message ?? codes[code] ?? (code === '' ? 'could not be read' : `could not be read (${code})`);
};

/** A whole answer as JSON. */
export const fetchJson = async (
  source: string,
  options: HttpOptions = {},
): Promise<{ readonly value: unknown } | { readonly message: string }> => {
  const fetched = await fetchText(source, options);
  if (fetched.kind === 'failure') return { message: fetched.message };
  try {
    return { value: JSON.parse(await joined(fetched.body)) };
  } catch (error) {
    return { message: error instanceof SyntaxError ? 'answered something that is no JSON' : reasonOf(error) };
  }
};

const joined = async (pieces: AsyncIterable<string>): Promise<string> => {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
};
