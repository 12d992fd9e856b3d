import { type StatementOptions, WarehouseError, type WarehouseReason } from '@aegis/spec';
import { trinoDialect } from '@aegis/sql';
import type { TrinoSession } from './trino-session.js';

/** What a question about metadata fails with where there is no answer, or the user may not have it. */
const unanswered: ReadonlySet<WarehouseReason> = new Set([
  'authorization',
  'not-found',
  'syntax',
  'unsupported',
  'unknown',
]);

/** `undefined` where the engine has no answer. @throws WarehouseError for connections that break, time that is over and the like */
export const orUndefined = async <Result>(asked: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WarehouseError && unanswered.has(error.reason)) return undefined;
    throw error;
  }
};

/** Which connector is behind a catalogue, asked for once; `undefined` where the user may not know. */
export class TrinoCatalogues {
  readonly #session: TrinoSession;
  readonly #connectors = new Map<string, Promise<string | undefined>>();

  constructor(session: TrinoSession) {
    this.#session = session;
  }

  connectorOf(catalog: string, options?: StatementOptions): Promise<string | undefined> {
    const known = this.#connectors.get(catalog);
    if (known) return known;
    const asked = this.#ask(catalog, options).catch((error: unknown) => {
      this.#connectors.delete(catalog);
      throw error;
    });
    this.#connectors.set(catalog, asked);
    return asked;
  }

  async #ask(catalog: string, options?: StatementOptions): Promise<string | undefined> {
    const name = trinoDialect.expression({ kind: 'literal', type: 'text', value: catalog });
    const sql = `SELECT connector_name FROM system.metadata.catalogs WHERE catalog_name = ${name}`;
    const answer = await orUndefined(this.#session.run(sql, 1, options));
    const [connector] = answer?.rows[0] ?? [];
    return typeof connector === 'string' ? connector : undefined;
  }
}
