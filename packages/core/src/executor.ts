import {
  Catalog,
  type ExecuteOptions,
  executeReconcile,
  executeTable,
  type RunPlan,
  type TaskOutcome,
} from '@aegis/engine';
import { ConfigError, type Rule, type RunEvent, type TableDescription, type Warehouse } from '@aegis/spec';
import pLimit from 'p-limit';

export interface ExecutorOptions {
  readonly warehouses: { readonly [name: string]: Warehouse };
  readonly defaultWarehouse: string;
  readonly concurrency: number;
  readonly emit: (event: RunEvent) => void;
}

/** Runs each table of a plan once, a bounded number at a time, whether it was started early or asked for by a step. */
export class Executor {
  readonly #plan: RunPlan;
  readonly #options: ExecutorOptions;
  readonly #execute: ExecuteOptions;
  readonly #started = new Map<string, Promise<TaskOutcome>>();
  readonly #catalogs = new Map<string, Catalog>();
  readonly #limit: ReturnType<typeof pLimit>;
  /** Apart from the tables, so that a table that failed is finished before those still waiting, and survives a kill. */
  readonly #explaining: ReturnType<typeof pLimit>;

  constructor(plan: RunPlan, execute: Omit<ExecuteOptions, 'catalogs'>, options: ExecutorOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
    this.#explaining = pLimit(options.concurrency);
    this.#execute = { ...execute, catalogs: (name) => this.#catalog(name) };
  }

  /** The options of planning, with the catalogues that runs share. */
  get options(): ExecuteOptions {
    return this.#execute;
  }

  /** Starts every table now, so that the first statements are under way while the pipeline is being loaded. */
  startAll(): void {
    for (const { id } of this.#plan.tables) void this.table(id).catch(() => undefined);
  }

  table(taskId: string): Promise<TaskOutcome> {
    const known = this.#started.get(taskId) ?? this.#limit(() => this.#run(taskId));
    this.#started.set(taskId, known);
    return known;
  }

  /** A table that was started before. */
  started(taskId: string): Promise<TaskOutcome> | undefined {
    return this.#started.get(taskId);
  }

  reconcile(rule: Rule): Promise<TaskOutcome> {
    const target = this.#nameFor(rule);
    const source = rule.scope.sourceWarehouse ?? target;
    const sides = { target: this.warehouse(target), source: this.warehouse(source) };
    return this.#limit(() => executeReconcile(rule, sides, { target, source }, this.#execute));
  }

  /** Other work on the warehouses, under a bound of its own that is as high. */
  limited<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#explaining(work);
  }

  warehouseOf(rule: Rule): Warehouse {
    return this.warehouse(this.#nameFor(rule));
  }

  /** The rule's own table; asked of the warehouse once a run. @throws PlanError `missing-table` */
  describe(rule: Rule): Promise<TableDescription> {
    return this.#catalog(this.#nameFor(rule)).describe(rule.scope.table);
  }

  /** @throws ConfigError `unknown-warehouse`. */
  warehouse(name: string): Warehouse {
    const found = Object.hasOwn(this.#options.warehouses, name) ? this.#options.warehouses[name] : undefined;
    if (found) return found;
    throw new ConfigError('unknown-warehouse', `warehouse "${name}" is not configured`, {
      hint: `Configured: ${Object.keys(this.#options.warehouses).join(', ') || 'none'}.`,
    });
  }

  #nameFor({ scope }: Rule): string {
    return scope.warehouse ?? this.#options.defaultWarehouse;
  }

  async #run(taskId: string): Promise<TaskOutcome> {
    const task = this.#plan.tables.find(({ id }) => id === taskId);
    if (!task) throw new ConfigError('invalid', `the plan has no task "${taskId}"`);
    const started = performance.now();
    this.#options.emit({ type: 'table_started', table: task.table, rules: task.rules.length });
    const outcome = await executeTable(task, this.warehouse(task.warehouse), this.#execute);
    this.#options.emit({ type: 'table_finished', table: task.table, durationMs: performance.now() - started });
    return outcome;
  }

  #catalog(name: string): Catalog {
    const known = this.#catalogs.get(name) ?? new Catalog(this.warehouse(name));
    this.#catalogs.set(name, known);
    return known;
  }
}
