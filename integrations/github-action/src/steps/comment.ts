import { readFileSync } from 'node:fs';
import { setOutputs } from '../file-commands.ts';
import { digest } from '../folders.ts';
import { GitHubError, gitHub } from '../github-api.ts';
import { runStep, type StepContext } from '../run-step.ts';
import { withoutSecrets } from '../secrets.ts';
import { outputOf } from '../steps.ts';
import { writeComment } from '../sticky-comment.ts';
import { workflowCommand } from '../workflow-commands.ts';

const comment = async (context: StepContext): Promise<number> => {
  const { env, inputs, write } = context;
  if (inputs.token === undefined) return notWritten(context, 'the input token is empty');
  try {
    const url = await writeComment(gitHub(env.GITHUB_API_URL ?? 'https://api.github.com', inputs.token), {
      repository: env.GITHUB_REPOSITORY ?? '',
      pullRequest: Number(outputOf(env, 'prepare', 'pull-request')),
      author: inputs.commentAuthor,
      marker: `<!-- aegis-report ${digest(inputs.name)} -->`,
      markdown: told(context),
    });
    setOutputs(env, { url });
    write(`Told the pull request: ${url}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return notWritten(context, reason(context, error));
  }
};

const told = ({ env, inputs }: StepContext): string => {
  const markdown = withoutSecrets(readFileSync(outputOf(env, 'report', 'markdown'), 'utf8'), inputs);
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  const title = inputs.name === 'aegis' ? '' : `**${inputs.name.replaceAll('_', '\\_')}**\n\n`;
  return `${title}[The whole report](${server}/${repository}/actions/runs/${run})\n\n${markdown}`;
};

/** A comment that is lost changes no verdict: what it would have said is in the summary of the job. */
const notWritten = ({ write }: StepContext, why: string): number => {
  write(
    workflowCommand('notice', `The pull request is not told: ${why}. See the summary of the job.`, { title: 'Aegis' }),
  );
  return 0;
};

const reason = ({ env }: StepContext, { status, message }: GitHubError): string => {
  if (status === undefined) return message;
  if (status !== 401 && status !== 403 && status !== 404) return `GitHub answered ${message}`;
  return outputOf(env, 'prepare', 'fork') === 'true'
    ? `it comes from a fork, whose token may not write here (${message})`
    : `the token may not write comments (${message}). Give the job permissions: { pull-requests: write }`;
};

await runStep(comment);
