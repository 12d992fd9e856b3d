import type { Cell, Dialect, Row, StatementOptions, WarehouseCapabilities } from '@aegis/spec';
import { rowOf } from './rows.js';

/** Rows as a warehouse answers them. */
export interface Answer {
  /** Unique. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Where statements go: any free connection of a warehouse, or the one state of its tables that a snapshot reads. */
export interface Session<Given extends Answer = Answer> {
  /** Reads at most `limit` rows. @throws WarehouseError */
  run(sql: string, limit: number, options?: StatementOptions): Promise<Given>;
}

/** What a warehouse and its snapshots answer alike, by one statement. */
export abstract class SessionQueries<Asked extends Session = Session> {
  readonly contract = 'warehouse/v1';
  abstract readonly dialect: Dialect;
  readonly capabilities: WarehouseCapabilities;
  protected readonly session: Asked;

  constructor(session: Asked, capabilities: WarehouseCapabilities) {
    this.session = session;
    this.capabilities = capabilities;
  }

  async executeScalar(sql: string, options?: StatementOptions): Promise<Cell> {
    const { rows } = await this.session.run(sql, 1, options);
    return rows[0]?.[0] ?? null;
  }

  async executeSample(sql: string, limit: number, options?: StatementOptions): Promise<readonly Row[]> {
    const { names, rows } = await this.session.run(sql, limit, options);
    return rows.map((cells) => rowOf(names, cells));
  }
}
