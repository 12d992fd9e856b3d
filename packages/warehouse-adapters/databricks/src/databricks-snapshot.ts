import { randomUUID } from 'node:crypto';
import { type Dialect, isAegisError, type StatementOptions, type TableName, WarehouseError } from '@aegis/spec';
import { databricksDialect, databricksDialectOf } from '@aegis/sql';
import type { Answer, Session } from '@aegis/sql/transport';

/**
 * The tables of a run at one version each: that of the first statement that reads them. Only Delta keeps versions; the
 * others are read as they are. Which they are is asked once per table, when it is first read.
 */
export class PinnedSession implements Session {
  /** Marks tables in the statements that it renders. */
  readonly dialect: Dialect;
  readonly #session: Session;
  /** Nothing that a user writes can be mistaken for a mark. */
  readonly #mark = `aegis_version_${randomUUID().replaceAll('-', '')}`;
  readonly #tables: string[] = [];
  readonly #clauses = new Map<number, Promise<string>>();
  #released = false;

  constructor(session: Session) {
    this.#session = session;
    this.dialect = databricksDialectOf((table) => `${databricksDialect.tableName(table)} ${this.#markOf(table)}`);
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
    return this.#session.run(await this.#pinned(sql, options), limit, options);
  }

  release(): void {
    this.#released = true;
  }

  #markOf(table: TableName): string {
    const name = databricksDialect.tableName(table);
    const known = this.#tables.indexOf(name);
    const index = known === -1 ? this.#tables.push(name) - 1 : known;
    return `/*${this.#mark}_${index}*/`;
  }

  async #pinned(sql: string, options?: StatementOptions): Promise<string> {
    const marks = new RegExp(` /\\*${this.#mark}_(\\d+)\\*/`, 'g');
    const wanted = [...new Set([...sql.matchAll(marks)].map(([, index]) => Number(index)))];
    const clauses = new Map(
      await Promise.all(wanted.map(async (index) => [index, await this.#clause(index, options)] as const)),
    );
    return sql.replace(marks, (_, index: string) => clauses.get(Number(index)) ?? '');
  }

  #clause(index: number, options?: StatementOptions): Promise<string> {
    const known = this.#clauses.get(index);
    if (known) return known;
    const asked = versionClause(this.#session, this.#tables[index] ?? '', options);
    this.#clauses.set(index, asked);
    asked.catch(() => this.#clauses.delete(index));
    return asked;
  }
}

/** ` VERSION AS OF 12`; nothing for what is no Delta table, or may not be asked about its history. */
const versionClause = async (
  session: Session,
  table: string,
  { signal, timeoutMs, label }: StatementOptions = {},
): Promise<string> => {
  try {
    const { names, rows } = await session.run(`DESCRIBE HISTORY ${table} LIMIT 1`, 1, { signal, timeoutMs, label });
    return clauseOf(rows[0]?.[names.indexOf('version')]);
  } catch (error) {
    if (isAegisError(error) && hasNoHistory.includes(error.code)) return '';
    throw error;
  }
};

const hasNoHistory = ['syntax', 'not-found', 'unsupported', 'authorization', 'unknown'].map(
  (reason) => `warehouse/${reason}`,
);

const clauseOf = (version: unknown): string => (/^\d+$/.test(String(version)) ? ` VERSION AS OF ${version}` : '');
