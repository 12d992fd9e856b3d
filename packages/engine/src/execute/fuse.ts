import type { Dialect, Measure, ScopedRelation, Statement } from '@aegis/spec';
import type { Slot } from './slots.js';

/** Slots that one statement will answer, in the order of its measures. */
export interface FusedScan {
  readonly slots: readonly Slot[];
  readonly statement: Statement & { readonly kind: 'aggregate' };
}

/** The statement that measures these slots side by side. */
export const scanOf = (from: ScopedRelation, slots: readonly Slot[]): FusedScan => ({
  slots,
  statement: {
    kind: 'aggregate',
    from,
    measures: slots.map(({ expression }, index): Measure => ({ alias: `m${index}`, expression })),
  },
});

/**
 * As few scans as the dialect's limits allow: the slots it answers faster alone, and the others together, split where
 * the rendered text or the number of measures grows too large.
 */
export const fuse = (from: ScopedRelation, slots: readonly Slot[], dialect: Dialect): readonly FusedScan[] => {
  const alone = slots.filter(({ expression }) => dialect.strategy.standsAlone(expression));
  const together = slots.filter(({ expression }) => !dialect.strategy.standsAlone(expression));
  return [...alone.map((slot) => [slot]), ...split(from, together, dialect)].map((part) => scanOf(from, part));
};

const split = (from: ScopedRelation, slots: readonly Slot[], dialect: Dialect): readonly (readonly Slot[])[] => {
  const { maxMeasures } = dialect.strategy;
  const starts = Array.from({ length: Math.ceil(slots.length / maxMeasures) }, (_, index) => index * maxMeasures);
  return starts.flatMap((start) => halved(from, slots.slice(start, start + maxMeasures), dialect));
};

/** Halves until the rendered text is short enough: what a measure adds to it depends on the dialect and the scope. */
const halved = (from: ScopedRelation, slots: readonly Slot[], dialect: Dialect): readonly (readonly Slot[])[] => {
  const text = dialect.statement(scanOf(from, slots).statement);
  if (slots.length === 1 || byteLength(text) <= dialect.strategy.maxStatementBytes) return [slots];
  const middle = Math.ceil(slots.length / 2);
  return [...halved(from, slots.slice(0, middle), dialect), ...halved(from, slots.slice(middle), dialect)];
};

const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength;
