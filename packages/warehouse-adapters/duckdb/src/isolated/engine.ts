import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { cancelled, timedOut } from '@aegis/sql/transport';
import type { ResolvedDuckDbOptions } from '../duckdb-options.js';
import { endedBy, outOfMemory, receivedError } from './errors.js';
import { memoryOf } from './memory.js';
import type { Call, FromEngine, ToEngine } from './messages.js';

/** How long the engine may take to let go of a statement by itself. */
const graceMs = 1_000;

/** What a process finds its libraries and folders by; nothing else of the environment is handed on. */
const handedOn = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

/** Of all engines: a snapshot of one that was ended is none of the next. */
let calls = 0;

/** A call under way. */
interface Waiting {
  readonly id: number;
  readonly options: StatementOptions;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** DuckDB in a process of its own, which is killed where a statement does not end when it has to. One call at a time. */
export class Engine {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #mostBytes: number;
  readonly #exited: Promise<void>;
  #waiting: Waiting | undefined;
  #why: WarehouseError | undefined;
  #deadline: NodeJS.Timeout | undefined;

  private constructor(child: ChildProcess, folder: string, mostBytes: number) {
    this.#process = child;
    this.#folder = folder;
    this.#mostBytes = mostBytes;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exited = promise;
    child.on('message', (message: FromEngine) => this.#hear(message));
    child.on('exit', (code, signal) => {
      this.#fail(this.#why ?? this.#reasonOf(code, signal));
      resolve();
    });
    child.on('error', (cause) => {
      this.#fail(new WarehouseError('connection', `the engine could not be started: ${cause.message}`, { cause }));
      resolve();
    });
  }

  static async start(options: ResolvedDuckDbOptions): Promise<Engine> {
    const { limit, mostBytes } = memoryOf(options.memoryLimit);
    const folder = await mkdtemp(join(options.tempDirectory ?? tmpdir(), 'aegis-duckdb-'));
    const child = fork(createRequire(import.meta.url).resolve('@aegis/warehouse-duckdb/engine-process'), {
      env: Object.fromEntries(handedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
      ...{ execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
    });
    const engine = new Engine(child, folder, mostBytes);
    engine.#send({
      kind: 'open',
      mostBytes,
      options: { ...options, isolated: true, memoryLimit: limit, tempDirectory: folder },
    });
    engine.#keepAlive(false);
    return engine;
  }

  get isEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null || !this.#process.connected;
  }

  /** @throws WarehouseError */
  async call(call: Omit<Call, 'kind' | 'id'>, options: StatementOptions): Promise<unknown> {
    calls += 1;
    const id = calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting = { id, options, resolve, reject };
    const cancel = () => {
      this.#send({ kind: 'cancel', id });
      this.#killAfter(graceMs, cancelled());
    };
    options.signal?.addEventListener('abort', cancel, { once: true });
    this.#keepAlive(true);
    this.#send({ ...call, kind: 'call', id });
    try {
      return await promise;
    } finally {
      this.#waiting = undefined;
      clearTimeout(this.#deadline);
      options.signal?.removeEventListener('abort', cancel);
      if (this.#why) await this.#exited;
      this.#keepAlive(false);
    }
  }

  /** Idempotent. */
  async end(): Promise<void> {
    this.#keepAlive(true);
    this.#process.kill('SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #hear(message: FromEngine): void {
    const waiting = this.#waiting;
    if (message.id !== waiting?.id) return;
    const { options, resolve, reject } = waiting;
    if (message.kind === 'began') this.#began(options);
    else if (message.kind === 'statement') options.onStatement?.(message.report);
    else if (message.kind === 'answer') resolve(message.value);
    else reject(receivedError(message.error));
  }

  /** The engine minds the time by itself, as long as it gets round to it. */
  #began({ timeoutMs }: StatementOptions): void {
    if (timeoutMs !== undefined) this.#killAfter(timeoutMs + graceMs, timedOut(timeoutMs));
  }

  #killAfter(ms: number, why: WarehouseError): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#why = why;
      this.#process.kill('SIGKILL');
    }, ms);
  }

  #reasonOf(code: number | null, signal: NodeJS.Signals | null): WarehouseError {
    return signal === 'SIGKILL' ? outOfMemory(this.#mostBytes) : endedBy(signal ?? `code ${code}`);
  }

  #fail(error: WarehouseError): void {
    this.#waiting?.reject(error);
  }

  /** What cannot be sent is to a process that has ended, which its exit tells. */
  #send(message: ToEngine): void {
    this.#process.send(message, () => {});
  }

  /** An engine that nobody asks anything keeps no program from ending. */
  #keepAlive(isAsked: boolean): void {
    const act = isAsked ? 'ref' : 'unref';
    this.#process[act]();
    this.#process.channel?.[act]();
  }
}
