/** GitHub did not do what was asked. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';

  /** `undefined` when there was no answer. */
  readonly status: number | undefined;
  /** Whether asking again may help. */
  readonly isPassing: boolean;
  /** When to ask again, where GitHub says so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: Pick<GitHubError, 'status' | 'isPassing' | 'retryAfterMs'>) {
    super(message);
    this.status = facts.status;
    this.isPassing = facts.isPassing;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

export interface Answer {
  readonly body: unknown;
  /** Address of the next page, as the Link header has it. */
  readonly next: string | undefined;
}

/** One request to the REST API. @throws GitHubError */
export type GitHub = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<Answer>;

const timeoutMs = 30_000;

/** The API at `url`, e.g. `https://api.github.com`, as the owner of a token. */
export const gitHub =
  (url: string, token: string): GitHub =>
  async (method, path, body) => {
    const target = path.startsWith('/') ? `${url}${path}` : path;
    const response = await fetch(target, {
      method,
      headers: headersOf(token),
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause: Error) => {
      const facts = { status: undefined, isPassing: true, retryAfterMs: undefined };
      throw new GitHubError(`GitHub cannot be reached: ${cause.message}`, facts);
    });
    if (!response.ok) throw await failure(response);
    return { body: await response.json(), next: nextPage(response.headers.get('link'), url) };
  };

const headersOf = (token: string): { readonly [name: string]: string } => ({
  accept: 'application/vnd.github+json',
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'user-agent': 'aegis-github-action',
  'x-github-api-version': '2022-11-28',
});

/** The token goes to the API and nowhere else, whatever a header says. */
const nextPage = (link: string | null, url: string): string | undefined => {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return next?.startsWith(`${url}/`) ? next : undefined;
};

const longestWaitMs = 30_000;

/** Overload and rate limits pass; a refusal does not. A secondary rate limit is a 403 that says when to come back. */
const failure = async (response: Response): Promise<GitHubError> => {
  const text = await response.text().catch(() => '');
  const { status, headers } = response;
  const seconds = headers.get('retry-after');
  return new GitHubError(`${status} ${messageIn(text)}`.trim(), {
    status,
    isPassing: status >= 500 || status === 429 || (status === 403 && seconds !== null),
    retryAfterMs: seconds === null ? undefined : Math.min(Number(seconds) * 1000 || 0, longestWaitMs),
  });
};

const messageIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
};
