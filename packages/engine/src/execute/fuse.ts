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
  if (slots.length === 0) return [];
  const { maxMeasures, maxStatementBytes } = dialect.strategy;
  const overhead = byteLength(dialect.statement(scanOf(from, slots.slice(0, 1)).statement));
  const parts: Slot[][] = [[]];
  let bytes = overhead;
  for (const slot of slots) {
    const size = byteLength(dialect.expression(slot.expression)) + aliasBytes;
    const current = parts.at(-1) ?? [];
    if (current.length > 0 && (current.length >= maxMeasures || bytes + size > maxStatementBytes)) {
      parts.push([slot]);
      bytes = overhead + size;
    } else {
      current.push(slot);
      bytes += size;
    }
  }
  return parts;
};

/** Room for `, … AS "m12345"`. */
const aliasBytes = 16;
const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength;
