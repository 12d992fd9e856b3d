import type { Measurements, Probe, ProbeKind } from '@aegis/rules';
import { type AggregateExpression, type Dialect, PlanError, type ScopedRelation, type Statement } from '@aegis/spec';
import type { PreparedRule } from '../../plan/prepare.js';
import type { PlannedStatement } from '../../types.js';
import type { Measured, MeasureSession } from '../session.js';

export type ProbeOf<Kind extends ProbeKind> = Extract<Probe, { readonly kind: Kind }>;

/** How one kind of probe is measured: first what it wants of the shared scan, then what it asks by itself. */
export interface ProbeHandler<Kind extends ProbeKind> {
  /** Aggregates of the shared scan, by measurement name. */
  shared?(probe: ProbeOf<Kind>): { readonly [name: string]: AggregateExpression };
  /** Told before any statement is sent. */
  expect?(probe: ProbeOf<Kind>, rule: PreparedRule, session: MeasureSession): void;
  /** Whether `own` reads `shared`, so that it waits for the scan. */
  readonly followsScan?: true;
  /** Statements of its own; `shared` holds what the scan gave. */
  own?(probe: ProbeOf<Kind>, rule: PreparedRule, session: MeasureSession, shared: Measurements): Promise<Measured>;
  /** The statements of `own`, as far as they are known before anything was measured. */
  planned?(probe: ProbeOf<Kind>, rule: PreparedRule, asking: Asking): readonly PlannedProbe[];
}

/** What decides how a probe is put to the warehouse. */
export interface Asking {
  readonly dialect: Dialect;
  readonly sampleRows: number;
  /** Of the other warehouse, for a rule that compares relations of two. */
  readonly sourceDialect?: Dialect | undefined;
}

export interface PlannedProbe {
  readonly purpose: PlannedStatement['purpose'];
  readonly statement: Statement;
  /** Whom it is asked of; the target where absent. */
  readonly side?: 'target' | 'source' | undefined;
  /** Asked only when what came before did not decide. */
  readonly conditional?: boolean;
}

/** The rule's own table with its filter. */
export const targetOf = ({ relations }: PreparedRule): ScopedRelation => {
  if (!relations.target) throw new PlanError('internal', 'the rule has no target');
  return relations.target;
};

/** Values without rows. */
export const valuesOnly = (values: Measurements): Measured => ({ values, rows: [] });
