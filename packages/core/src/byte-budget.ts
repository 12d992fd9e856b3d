import { PlanError, type StatementOptions, type Warehouse, type WarehouseSnapshot } from '@aegis/spec';
import type { PipelineOptions } from './pipeline-types.js';

type Limited = Pick<PipelineOptions, 'warehouses'>;

/** What was planned fits; what comes up during the run, such as samples and evidence, has to fit as well. */
export const withinBudget = <Options extends Limited>(options: Options, budget: ByteBudget | undefined): Options => {
  const { warehouses } = options;
  if (budget === undefined) return options;
  const metered = Object.entries(warehouses).map(([name, warehouse]) => [name, budget.metered(warehouse)]);
  return { ...options, warehouses: Object.fromEntries(metered) };
};

type Ask<Answer> = (options: StatementOptions) => Promise<Answer>;

/** Bytes that a run may read, over all its warehouses and whatever the statements are for. */
export class ByteBudget {
  readonly #most: number;
  #spent = 0;
  /** Of what was planned, what was not asked yet. */
  #reserved = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Keeps so many bytes for the statements that a run cannot do without, in whatever order they come. */
  reserve(bytes: number): void {
    this.#reserved = bytes;
  }

  /** The same warehouse, which refuses statements that the budget has no room for. */
  metered(warehouse: Warehouse): Warehouse {
    const { snapshot } = warehouse;
    return {
      ...this.#statements(warehouse),
      ...(snapshot && { snapshot: async (options) => this.#snapshot(await snapshot.call(warehouse, options)) }),
    };
  }

  #snapshot(snapshot: WarehouseSnapshot): WarehouseSnapshot {
    return {
      ...this.#statements(snapshot),
      consistency: snapshot.consistency,
      release: () => snapshot.release(),
    };
  }

  #statements(warehouse: Warehouse): Warehouse {
    const { contract, dialect, capabilities, describe, listTables, statistics, estimate, close } = warehouse;
    return {
      ...{ contract, dialect, capabilities },
      connect: () => warehouse.connect(),
      executeScalar: (sql, options) =>
        this.#spend(warehouse, sql, options, (metering) => warehouse.executeScalar(sql, metering)),
      executeSample: (sql, limit, options) =>
        this.#spend(warehouse, sql, options, (metering) => warehouse.executeSample(sql, limit, metering)),
      ...(describe && { describe: describe.bind(warehouse) }),
      ...(listTables && { listTables: listTables.bind(warehouse) }),
      ...(statistics && { statistics: statistics.bind(warehouse) }),
      ...(estimate && { estimate: estimate.bind(warehouse) }),
      ...(close && { close: close.bind(warehouse) }),
    };
  }

  /** Sets aside what the statement is estimated to read, and puts what it did read in its place. */
  async #spend<Answer>(
    warehouse: Warehouse,
    sql: string,
    options: StatementOptions = {},
    ask: Ask<Answer>,
  ): Promise<Answer> {
    const { signal, timeoutMs } = options;
    const estimate = await warehouse.estimate?.(sql, { signal, timeoutMs }).catch(() => undefined);
    const expected = estimate?.bytes ?? 0;
    this.#setAside(expected, options.isOptional === true);
    let read = 0;
    try {
      return await ask({
        ...options,
        onStatement: (report) => {
          read = report.bytesScanned ?? expected;
          options.onStatement?.(report);
        },
      });
    } finally {
      this.#spent += read - expected;
    }
  }

  #setAside(bytes: number, isOptional: boolean): void {
    const left = this.#most - this.#spent - (isOptional ? this.#reserved : 0);
    if (bytes > left) {
      throw new PlanError(
        'limit',
        `the statement would read ${bytes} bytes; ${Math.max(0, left)} of --max-bytes ${this.#most} are left`,
        { hint: 'Raise the limit, or narrow the rules with --select or --where.' },
      );
    }
    this.#spent += bytes;
    if (!isOptional) this.#reserved = Math.max(0, this.#reserved - bytes);
  }
}
