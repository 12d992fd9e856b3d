import { setTimeout as sleep } from 'node:timers/promises';
import { boundedMarkdown } from './bounded-markdown.ts';
import { type GitHub, GitHubError } from './github-api.ts';

export interface StickyComment {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  /** Who writes it: a comment of somebody else is never taken for it, whatever it holds. */
  readonly author: string;
  /** The first line, which a reader does not see. */
  readonly marker: string;
  readonly markdown: string;
}

/** GitHub refuses longer ones. */
const longestComment = 65_536;
const mostTries = 4;
const firstWaitMs = 250;

/**
 * Writes the comment, or updates the one with the same marker; gives its address. After a passing failure everything
 * starts over, since a comment may have been written although the answer was lost.
 * @throws GitHubError
 */
export const writeComment = async (github: GitHub, comment: StickyComment): Promise<string> => {
  for (let tries = 1; ; tries++) {
    try {
      return await writeOnce(github, comment);
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.isPassing || tries === mostTries) throw error;
      await sleep(error.retryAfterMs ?? firstWaitMs * 4 ** (tries - 1));
    }
  }
};

interface IssueComment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | null;
  readonly user?: { readonly login?: string } | null;
}

const writeOnce = async (github: GitHub, comment: StickyComment): Promise<string> => {
  const head = `${comment.marker}\n`;
  const body = head + boundedMarkdown(comment.markdown, longestComment - head.length);
  const earlier = await findComment(github, comment);
  const issues = `/repos/${comment.repository}/issues`;
  const written = earlier
    ? await github('PATCH', `${issues}/comments/${earlier.id}`, { body })
    : await github('POST', `${issues}/${comment.pullRequest}/comments`, { body });
  return (written.body as IssueComment).html_url;
};

const findComment = async (
  github: GitHub,
  { repository, pullRequest, author, marker }: StickyComment,
): Promise<IssueComment | undefined> => {
  let page: string | undefined = `/repos/${repository}/issues/${pullRequest}/comments?per_page=100`;
  while (page !== undefined) {
    const { body, next } = await github('GET', page);
    const found = (body as readonly IssueComment[]).find(
      (each) => each.user?.login === author && each.body?.startsWith(marker),
    );
    if (found) return found;
    page = next;
  }
  return undefined;
};
