import type { Row, TableName, Warehouse, WarehouseCapabilities, WarehouseSnapshot } from '@aegis/spec';
import { trinoDialect, trinoDialectAt } from '@aegis/sql';

/** What an adapter may get wrong about the states of tables. */
export type Mistake =
  | 'pins versions only when it is itself asked to describe'
  | 'pins no version'
  | 'never looks at what others wrote';

const full = { support: 'full' } as const;
const capabilities: WarehouseCapabilities = {
  ...{ describe: full, snapshot: full, cancel: full, timeout: full, readOnly: full, concurrency: 1 },
  statistics: { support: 'unsupported', reason: 'it counts nothing' },
  estimate: { support: 'unsupported', reason: 'it reads nothing' },
};

/** One table `t` with every state that it had, read as Trino reads tables of Iceberg. */
export class VersionedWarehouse implements Warehouse {
  readonly contract = 'warehouse/v1';
  readonly dialect = trinoDialect;
  readonly capabilities = capabilities;
  readonly #mistake: Mistake | undefined;
  readonly #states: (readonly Row[])[] = [[{ n: 1 }, { n: 2 }]];
  #described: string | undefined;

  constructor(mistake?: Mistake) {
    this.#mistake = mistake;
  }

  async connect(): Promise<void> {}

  addRow = async (): Promise<void> => {
    this.#states.push([...(this.#states.at(-1) ?? []), { n: 3 }]);
  };

  async describe(table: TableName) {
    this.#described = this.#latest();
    return { table, kind: 'table' as const, columns: [{ name: 'n', type: this.dialect.columnType('integer') }] };
  }

  async executeScalar(sql: string) {
    return (await this.executeSample(sql))[0]?.n ?? null;
  }

  async executeSample(sql: string): Promise<readonly Row[]> {
    const [, asked] = /FOR VERSION AS OF (\d+)/.exec(sql) ?? [];
    const version = this.#mistake === 'never looks at what others wrote' ? '0' : (asked ?? this.#latest());
    return this.#states[Number(version)] ?? [];
  }

  async snapshot(): Promise<WarehouseSnapshot> {
    let pinned = this.#mistake === undefined ? this.#described : undefined;
    const describe = async (table: TableName) => {
      if (this.#mistake !== 'pins no version') pinned = this.#latest();
      return this.describe(table);
    };
    return {
      ...{ contract: this.contract, capabilities, consistency: 'one version of the table', describe },
      dialect: trinoDialectAt(() => pinned),
      connect: async () => {},
      executeScalar: (sql) => this.executeScalar(sql),
      executeSample: (sql) => this.executeSample(sql),
      release: async () => {},
    };
  }

  #latest(): string {
    return String(this.#states.length - 1);
  }
}
