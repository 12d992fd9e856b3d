import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveOnLoopback } from '../servers/loopback.js';

export interface Comment {
  readonly id: number;
  readonly html_url: string;
  readonly user: { readonly login: string };
  body: string;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: { readonly [name: string]: string };
}

/** What a token may do here, and what the API is asked. */
export interface GitHubServer {
  readonly url: string;
  readonly comments: Comment[];
  /** Method and path of each request, without the host. */
  readonly requests: string[];
  /** Answers to the next requests, instead of the usual ones. */
  readonly answers: Answer[];
  /** How many of the next comments are written without an answer: the connection breaks off. */
  lostAnswers: number;
  /** Writes as somebody else. */
  say(login: string, body: string): Comment;
}

export interface Tokens {
  readonly [token: string]: 'write' | 'read';
}

/** The part of GitHub's REST API that reads and writes comments of pull request 7 of acme/shop, on loopback. */
export const serveGitHub = async (tokens: Tokens): Promise<GitHubServer> => {
  const api = new Api(tokens);
  api.url = await serveOnLoopback((request, response) => api.answer(request, response));
  return api;
};

const path = '/repos/acme/shop/issues';

class Api implements GitHubServer {
  url = '';
  readonly comments: Comment[] = [];
  readonly requests: string[] = [];
  readonly answers: Answer[] = [];
  lostAnswers = 0;

  constructor(private readonly tokens: Tokens) {}

  say(login: string, body: string): Comment {
    const id = 1000 + this.comments.length;
    const comment = { id, html_url: `https://github.com/acme/shop/pull/7#issuecomment-${id}`, user: { login }, body };
    this.comments.push(comment);
    return comment;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.requests.push(`${method} ${url}`);
    const prepared = this.answers.shift();
    const right = this.tokens[headers.authorization?.replace(/^Bearer /, '') ?? ''];
    if (prepared) end(response, prepared.status, prepared.body, prepared.headers);
    else if (!headers['user-agent']) end(response, 403, { message: 'Request forbidden by administrative rules.' });
    else if (right === undefined) end(response, 401, { message: 'Bad credentials' });
    else if (method === 'GET') this.#list(new URL(url, this.url), response);
    else if (right === 'read') end(response, 403, { message: 'Resource not accessible by integration' });
    else this.#write(method, url, JSON.parse(await text(request)), this.lostAnswers-- > 0 ? lost(response) : response);
  }

  #list(url: URL, response: ServerResponse): void {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const page = Number(url.searchParams.get('page') ?? 1);
    const shown = this.comments.slice((page - 1) * size, page * size);
    const next = `<${this.url}${path}/7/comments?per_page=${size}&page=${page + 1}>; rel="next"`;
    if (url.pathname !== `${path}/7/comments`) end(response, 404, { message: 'Not Found' });
    else end(response, 200, shown, page * size < this.comments.length ? { link: next } : {});
  }

  #write(method: string, url: string, { body }: { readonly body: string }, response: ServerResponse): void {
    const comment = this.comments.find(({ id }) => url === `${path}/comments/${id}`);
    if (body.length > 65_536) {
      end(response, 422, { message: 'Body is too long (maximum is 65536 characters)' });
    } else if (method === 'POST' && url === `${path}/7/comments`) {
      end(response, 201, this.say('github-actions[bot]', body));
    } else if (method === 'PATCH' && comment) {
      comment.body = body;
      end(response, 200, comment);
    } else end(response, 404, { message: 'Not Found' });
  }
}

const end = (response: ServerResponse, status: number, body: object, headers: object = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** A connection that breaks off before the answer. */
const lost = (response: ServerResponse): ServerResponse => {
  response.writeHead = () => response.destroy();
  return response;
};
