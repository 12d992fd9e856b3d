import type {
  CanonicalColumn,
  CanonicalForm,
  ComparedColumns,
  Dialect,
  Row,
  ScopedRelation,
  Statement,
} from '@aegis/spec';
import type { StatementRunner } from '../../execute/runner.js';
import { onSide } from '../../plan/name-side.js';
import type { Comparison, Side } from '../comparison.js';
import type { OpenSides } from '../sides.js';

/** One value for each side. */
export type Both<Value> = { readonly [side in Side]: Value };

/** Puts questions to both sides at once; when one fails, the other is ended. */
export class TwoSides {
  readonly #sides: OpenSides;
  readonly #ruleId: string;

  constructor(sides: OpenSides, ruleId: string) {
    this.#sides = sides;
    this.#ruleId = ruleId;
  }

  async both<Result>(ask: (side: Side) => Promise<Result>): Promise<Both<Result>> {
    try {
      const [target, source] = await Promise.all([ask('target'), ask('source')]);
      return { target, source };
    } catch (error) {
      this.#sides.abort();
      throw error;
    }
  }

  row(side: Side, statement: Statement): Promise<Row> {
    return onSide(this.#sides.named?.[side], () => this.#runner(side).row(statement, [this.#ruleId]));
  }

  rows(side: Side, statement: Statement, limit: number): Promise<readonly Row[]> {
    return onSide(this.#sides.named?.[side], () => this.#runner(side).rows(statement, limit, [this.#ruleId]));
  }

  get dialects(): Both<Dialect> {
    const { target, source } = this.#sides;
    return { target: target.runner.warehouse.dialect, source: source.runner.warehouse.dialect };
  }

  #runner(side: Side): StatementRunner {
    return this.#sides[side].runner;
  }
}

export const relationOf = (comparison: Comparison, side: Side): ScopedRelation => comparison[side];

/** One side's columns of pairs, each in the form that `write` makes of the one it is compared in. */
export const columnsOf = (
  pairs: readonly ComparedColumns[],
  side: Side,
  write: (pair: ComparedColumns) => CanonicalForm = ({ form }) => form,
): readonly CanonicalColumn[] => pairs.map((pair) => ({ column: pair[side], form: write(pair) }));
