import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Contexts, interpolate, isMet, type JobStatus } from './expressions.js';
import { type Annotation, JobLog } from './job-log.js';
import { StepFiles } from './step-files.js';

interface WrittenStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: { readonly [name: string]: string | boolean };
  readonly run?: string;
  readonly shell?: string;
  readonly env?: { readonly [name: string]: string };
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: string | boolean;
}

interface WrittenAction {
  readonly inputs: { readonly [name: string]: { readonly default?: string } };
  readonly outputs: { readonly [name: string]: { readonly value: string } };
  readonly runs: { readonly steps: readonly WrittenStep[] };
}

/** An action that the action uses: what it is given, and what it gives; it throws to fail. */
export type NestedAction = (inputs: { readonly [name: string]: string }) => { readonly [name: string]: string };

export interface Job {
  /** Folder of action.yml. */
  readonly action: string;
  readonly with: { readonly [name: string]: string };
  /** The `github` context. */
  readonly github: Contexts;
  /** Of the job: GITHUB_* and whatever the workflow sets. */
  readonly env: { readonly [name: string]: string };
  readonly workspace: string;
  readonly temporary: string;
  /** By the name before the `@`. */
  readonly nested: { readonly [name: string]: NestedAction };
  readonly secrets: readonly string[];
}

interface StepState {
  readonly outputs: { readonly [name: string]: string };
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly conclusion: 'success' | 'failure' | 'skipped';
}

export interface FinishedJob {
  readonly conclusion: JobStatus;
  /** Of the step that failed. */
  readonly exitCode: number;
  readonly outputs: { readonly [name: string]: string };
  readonly annotations: readonly Annotation[];
  readonly obeyed: readonly string[];
  readonly log: string;
  readonly summary: string;
  /** By name of the step. */
  readonly steps: { readonly [name: string]: StepState['conclusion'] };
}

/** Runs the steps of a composite action as GitHub's runner would. */
export const runAction = async (job: Job): Promise<FinishedJob> => {
  const { inputs, outputs, runs } = parse(readFileSync(join(job.action, 'action.yml'), 'utf8')) as WrittenAction;
  const running = new RunningAction(job, inputsOf(inputs, job));
  for (const step of runs.steps) await running.step(step);
  return running.finish(outputs);
};

/** As given, else by default; every one of them is text. */
const inputsOf = (inputs: WrittenAction['inputs'], job: Job): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      job.with[name] ?? interpolate(input.default ?? '', { github: job.github }),
    ]),
  );

class RunningAction {
  readonly #log: JobLog;
  readonly #states: { [id: string]: StepState } = {};
  readonly #conclusions: { [name: string]: StepState['conclusion'] } = {};
  readonly #summaries: string[] = [];
  #status: JobStatus = 'success';
  #exitCode = 0;

  constructor(
    private readonly job: Job,
    private readonly inputs: { readonly [name: string]: string },
  ) {
    this.#log = new JobLog(job.secrets);
  }

  get #contexts(): Contexts {
    const steps = JSON.parse(JSON.stringify(this.#states));
    return { inputs: this.inputs, steps, github: this.job.github, runner: { temp: this.job.temporary } };
  }

  async step(step: WrittenStep): Promise<void> {
    if (!isMet(step.if, this.#contexts, this.#status)) {
      this.#end(step, { outputs: {}, outcome: 'skipped', conclusion: 'skipped' });
      return;
    }
    const { code, outputs } = step.uses === undefined ? await this.#run(step) : this.#use(step, step.uses);
    const isTolerated = this.#interpolated(String(step['continue-on-error'] ?? false)) === 'true';
    const outcome = code === 0 ? 'success' : 'failure';
    this.#end(step, { outputs, outcome, conclusion: isTolerated ? 'success' : outcome });
    if (code === 0 || isTolerated || this.#status === 'failure') return;
    this.#status = 'failure';
    this.#exitCode = code;
  }

  finish(outputs: WrittenAction['outputs']): FinishedJob {
    const log = this.#log;
    const values = Object.entries(outputs).map(([name, { value }]) => [name, this.#interpolated(value)]);
    return {
      conclusion: this.#status,
      exitCode: this.#exitCode,
      outputs: Object.fromEntries(values),
      annotations: log.annotations,
      obeyed: log.obeyed,
      log: log.text,
      summary: log.masked(this.#summaries.join('')),
      steps: this.#conclusions,
    };
  }

  #end({ id, name }: WrittenStep, state: StepState): void {
    if (id !== undefined) this.#states[id] = state;
    this.#conclusions[name] = state.conclusion;
  }

  #interpolated(text: string): string {
    return interpolate(text, this.#contexts);
  }

  #texts(values: { readonly [name: string]: string | boolean } = {}): { readonly [name: string]: string } {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.#interpolated(String(value))]));
  }

  #use(step: WrittenStep, uses: string) {
    const [name = ''] = uses.split('@');
    const action = this.job.nested[name];
    if (action === undefined) throw new Error(`the runner of the tests does not know ${uses}`);
    try {
      return { code: 0, outputs: action(this.#texts(step.with)) };
    } catch (error) {
      this.#log.read(`::error::${error instanceof Error ? error.message : error}`);
      return { code: 1, outputs: {} };
    }
  }

  async #run(step: WrittenStep) {
    const files = new StepFiles(this.job.temporary);
    const folder = this.#interpolated(step['working-directory'] ?? '') || this.job.workspace;
    const { code, printed } = await runShell(step, folder, {
      ...this.job.env,
      GITHUB_WORKSPACE: this.job.workspace,
      GITHUB_ACTION_PATH: this.job.action,
      RUNNER_TEMP: this.job.temporary,
      ...files.environment,
      ...this.#texts(step.env),
    });
    this.#log.read(printed);
    this.#summaries.push(files.summary);
    return { code, outputs: files.outputs };
  }
}

/** The script is a file that the shell of the step runs; the runner reads both streams. */
const runShell = async (
  { run = '', shell }: WrittenStep,
  cwd: string,
  env: { readonly [name: string]: string },
): Promise<{ readonly code: number; readonly printed: string }> => {
  if (shell !== 'bash') throw new Error(`the runner of the tests does not know the shell ${shell}`);
  const script = join(env.RUNNER_TEMP ?? '', `${Math.random().toString(36).slice(2)}.sh`);
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, run);
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, printed };
};
