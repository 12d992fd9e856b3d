import type { AggregateExpression, Cell, ScopedRelation } from '@aegis/spec';

/** One aggregate over one relation, shared by every rule that asks for an equal one. */
export interface Slot {
  readonly expression: AggregateExpression;
  readonly ruleIds: Set<string>;
  /** Set when it was measured or found in statistics. */
  value?: Cell;
  /** Set when the engine refused it. */
  error?: unknown;
}

/** The aggregates wanted over one relation and filter. */
export class SlotGroup {
  readonly from: ScopedRelation;
  /** Whether the filter makes the scan smaller. */
  readonly prunes: boolean;
  readonly #slots = new Map<string, Slot>();

  constructor(from: ScopedRelation, prunes = false) {
    this.from = from;
    this.prunes = prunes;
  }

  /** The slot of an expression; equal expressions are one. */
  want(expression: AggregateExpression, ruleId: string): Slot {
    return this.wantFor(expression, [ruleId]);
  }

  wantFor(expression: AggregateExpression, ruleIds: Iterable<string>): Slot {
    const key = JSON.stringify(expression);
    const slot = this.#slots.get(key) ?? { expression, ruleIds: new Set<string>() };
    for (const ruleId of ruleIds) slot.ruleIds.add(ruleId);
    this.#slots.set(key, slot);
    return slot;
  }

  /** Slots that nothing has answered yet. */
  get open(): readonly Slot[] {
    return [...this.#slots.values()].filter((slot) => slot.value === undefined && slot.error === undefined);
  }

  get all(): readonly Slot[] {
    return [...this.#slots.values()];
  }
}

/** Groups by relation and filter: what one statement can read. */
export class SlotGroups {
  readonly #groups = new Map<string, SlotGroup>();

  of(from: ScopedRelation, prunes: boolean): SlotGroup {
    const key = JSON.stringify(from);
    const group = this.#groups.get(key) ?? new SlotGroup(from, prunes);
    this.#groups.set(key, group);
    return group;
  }

  get all(): readonly SlotGroup[] {
    return [...this.#groups.values()];
  }
}
