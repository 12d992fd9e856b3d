import { readFileSync } from 'node:fs';

type Environment = NodeJS.ProcessEnv;

/** What started the workflow, as far as the action cares. */
export interface WorkflowEvent {
  /** `undefined` when no pull request did. */
  readonly pullRequest: PullRequest | undefined;
  /** The branch whose last report is compared with: that of a pull request's base, else the same branch. */
  readonly compareBranch: string;
  /** The branch whose report this run becomes; `undefined` for pull requests, merge queues and tags. */
  readonly keepBranch: string | undefined;
}

export interface PullRequest {
  readonly number: number;
  /** Whether it comes from another repository, whose token may not write here. */
  readonly isFork: boolean;
}

/** The members of the payload that are read; GitHub documents them, and anything may be missing. */
interface Payload {
  readonly pull_request?: {
    readonly number?: number;
    readonly base?: { readonly ref?: string; readonly repo?: { readonly full_name?: string } | null };
    readonly head?: { readonly repo?: { readonly full_name?: string } | null };
  };
  readonly merge_group?: { readonly base_ref?: string };
}

export const readEvent = (env: Environment): WorkflowEvent => {
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const { pull_request: pull, merge_group: queue } = payload;
  const branch = env.GITHUB_REF_NAME ?? '';
  const base = pull?.base?.ref ?? queue?.base_ref?.replace(/^refs\/heads\//, '');
  const isBranch = pull === undefined && queue === undefined && env.GITHUB_REF_TYPE === 'branch';
  return {
    pullRequest: pull?.number === undefined ? undefined : { number: pull.number, isFork: isFork(pull) },
    compareBranch: base ?? branch,
    keepBranch: isBranch ? branch : undefined,
  };
};

/** The head of a fork that was deleted has no repository. */
const isFork = ({ head, base }: NonNullable<Payload['pull_request']>): boolean =>
  head?.repo?.full_name !== base?.repo?.full_name;

const readPayload = (file: string | undefined): Payload => {
  if (!file) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Payload;
  } catch {
    return {};
  }
};
