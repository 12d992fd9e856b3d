import { expect } from 'vitest';
import { gitHub } from '../../integrations/github-action/src/github-api.ts';
import { type StickyComment, writeComment } from '../../integrations/github-action/src/sticky-comment.ts';
import { scenario } from '../scenario.js';
import { type GitHubServer, serveGitHub } from './github-server.js';

const comment: StickyComment = {
  repository: 'acme/shop',
  pullRequest: 7,
  author: 'github-actions[bot]',
  marker: '<!-- aegis -->',
  markdown: 'new',
};

const serve = () => serveGitHub({ ghs_write: 'write', ghs_read: 'read' });

const write = ({ url }: GitHubServer, changes: Partial<StickyComment> = {}, token = 'ghs_write'): Promise<string> =>
  writeComment(gitHub(url, token), { ...comment, ...changes });

const soon = { 'retry-after': '0' };

scenario('action/compared', 'the comment is found behind a hundred others, and never in those of others', async () => {
  const server = await serve();
  server.say('eve', `${comment.marker}\nold`);
  for (let at = 0; at < 150; at++) server.say('ann', `see ${comment.marker}`);
  const mine = server.say(comment.author, `${comment.marker}\nold`);
  expect(await write(server)).toBe(mine.html_url);
  expect(mine.body).toBe('<!-- aegis -->\nnew');
  expect(server.comments).toHaveLength(152);
  expect(server.requests).toEqual([
    'GET /repos/acme/shop/issues/7/comments?per_page=100',
    'GET /repos/acme/shop/issues/7/comments?per_page=100&page=2',
    `PATCH /repos/acme/shop/issues/comments/${mine.id}`,
  ]);
});

scenario('action/compared', 'the comment is written although GitHub fails for a while', async () => {
  const server = await serve();
  server.answers.push({ status: 502, body: {}, headers: soon }, { status: 429, body: {}, headers: soon });
  server.answers.push({ status: 403, body: { message: 'You have exceeded a secondary rate limit.' }, headers: soon });
  expect(await write(server)).toBe(server.comments[0]?.html_url);
  expect(server.comments).toHaveLength(1);
});

scenario('action/compared', 'the comment is not written twice when only the answer was lost', async () => {
  const server = await serve();
  server.lostAnswers = 1;
  expect(await write(server)).toBe(server.comments[0]?.html_url);
  expect(server.comments).toHaveLength(1);
});

scenario('action/compared', 'the comment is cut to what GitHub takes', async () => {
  const server = await serve();
  await write(server, { markdown: `first\n${'x'.repeat(80)}\n`.repeat(2000) });
  expect(server.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
  expect(server.comments[0]?.body).toMatch(/> Shortened: the whole report did not fit here\.\n$/);
});

scenario('action/fork', 'a refusal is told as GitHub tells it, without asking again', async () => {
  const server = await serve();
  const refused = { status: 403, message: '403 Resource not accessible by integration' };
  await expect(write(server, {}, 'ghs_read')).rejects.toMatchObject(refused);
  await expect(write(server, {}, 'ghs_other')).rejects.toMatchObject({ status: 401 });
  await expect(write(server, { pullRequest: 8 })).rejects.toMatchObject({ status: 404 });
  expect(server.requests).toHaveLength(4);
});

scenario('action/secrets', 'the token is sent to no other host, whatever the next page is said to be', async () => {
  const [server, other] = [await serve(), await serve()];
  const link = `<${other.url}/repos/acme/shop/issues/7/comments?page=2>; rel="next"`;
  server.answers.push({ status: 200, body: [], headers: { link } });
  await write(server);
  expect(other.requests).toEqual([]);
});
