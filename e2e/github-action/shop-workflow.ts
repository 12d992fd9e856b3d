import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '../cli/aegis.js';
import { folderWith } from '../cli/project.js';
import type { GitHubServer } from './github-server.js';
import { ActionsCache } from './runner/actions-cache.js';
import { type FinishedJob, type NestedAction, runAction } from './runner/run-action.js';

const action = fileURLToPath(new URL('../../integrations/github-action', import.meta.url));

/** What starts a run: a push to a branch, or the pull request 7, from the same repository or from a fork. */
export type Trigger = { readonly push: string } | { readonly pullRequestTo: string; readonly isFork?: boolean };

export interface WorkflowOptions {
  readonly with?: { readonly [name: string]: string };
  readonly env?: { readonly [name: string]: string };
  readonly token?: string;
  readonly nested?: { readonly [name: string]: NestedAction };
}

/** A repository with a workflow that uses the action, its cache, and its pull request on a server. */
export class ShopWorkflow {
  readonly cache = new ActionsCache();
  /** What was uploaded to code scanning. */
  readonly uploads: { readonly sarif: string; readonly category: string }[] = [];
  readonly #temporary: string;
  readonly #programs: string;
  #runs = 0;

  private constructor(
    readonly workspace: string,
    private readonly server: GitHubServer,
    outside: string,
  ) {
    this.#temporary = join(outside, 'temporary');
    this.#programs = join(outside, 'bin');
    for (const folder of [this.#temporary, this.#programs]) mkdirSync(folder);
    symlinkSync(program, join(this.#programs, 'aegis'));
  }

  static async create(files: { readonly [path: string]: string }, server: GitHubServer): Promise<ShopWorkflow> {
    return new ShopWorkflow(await folderWith(files), server, await folderWith());
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.workspace, file), text);
  }

  run(trigger: Trigger, options: WorkflowOptions = {}): Promise<FinishedJob> {
    const { token = 'ghs_write' } = options;
    this.#runs += 1;
    const facts = factsOf(trigger, String(this.#runs));
    return runAction({
      action,
      with: { rules: 'rules', install: 'false', history: 'history.db', ...options.with },
      github: { token, run_id: facts.GITHUB_RUN_ID, run_attempt: '1' },
      env: { ...this.#environment(), ...facts, GITHUB_EVENT_PATH: this.#eventFile(trigger), ...options.env },
      workspace: this.workspace,
      temporary: this.#temporary,
      nested: { ...this.#nested(trigger), ...options.nested },
      secrets: [token],
    });
  }

  #environment(): { readonly [name: string]: string } {
    return {
      PATH: [this.#programs, dirname(process.execPath), process.env.PATH ?? ''].join(':'),
      HOME: this.workspace,
      GITHUB_API_URL: this.server.url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
    };
  }

  #eventFile(trigger: Trigger): string {
    const file = join(mkdtempSync(join(this.#temporary, '_event-')), 'event.json');
    writeFileSync(file, JSON.stringify(payloadOf(trigger)));
    return file;
  }

  #nested(trigger: Trigger): { readonly [name: string]: NestedAction } {
    const isPush = 'push' in trigger;
    const ref = isPush ? trigger.push : 'refs/pull/7/merge';
    return {
      'actions/setup-node': () => ({}),
      ...this.cache.actions(ref, isPush ? ['main'] : ['main', trigger.pullRequestTo]),
      'github/codeql-action/upload-sarif': ({ sarif_file: sarif = '', category = '' }) => {
        if (!isPush && trigger.isFork) throw new Error('Resource not accessible by integration');
        this.uploads.push({ sarif, category });
        return { 'sarif-id': '1' };
      },
    };
  }
}

const factsOf = (trigger: Trigger, run: string) => ({
  GITHUB_RUN_ID: run,
  GITHUB_EVENT_NAME: 'push' in trigger ? 'push' : 'pull_request',
  GITHUB_REF_NAME: 'push' in trigger ? trigger.push : '7/merge',
  GITHUB_REF_TYPE: 'branch',
});

const payloadOf = (trigger: Trigger): object => {
  if ('push' in trigger) return { ref: `refs/heads/${trigger.push}` };
  const base = { ref: trigger.pullRequestTo, repo: { full_name: 'acme/shop' } };
  return {
    pull_request: { number: 7, base, head: { repo: { full_name: trigger.isFork ? 'eve/shop' : 'acme/shop' } } },
  };
};
