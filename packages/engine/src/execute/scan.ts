import type { ScopedRelation } from '@aegis/spec';
import { foldGroups } from './fold.js';
import { type FusedScan, fuse, scanOf } from './fuse.js';
import { mayBeOfOne } from './may-be-of-one.js';
import type { StatementRunner } from './runner.js';
import type { Slot, SlotGroup, SlotGroups } from './slots.js';

/** Measures whatever the groups still want. */
export const scanAll = async (groups: SlotGroups, runner: StatementRunner): Promise<void> => {
  const folds = runner.warehouse.dialect.strategy.foldFilters;
  const scans = folds ? foldGroups(groups.all) : groups.all.map((group) => ({ group, share: () => undefined }));
  await Promise.all(
    scans.map(async ({ group, share }) => {
      await scanGroup(group, runner);
      share();
    }),
  );
};

/** Measures every open slot of a group; a slot that the engine refuses keeps its error and spoils no other. */
const scanGroup = async (group: SlotGroup, runner: StatementRunner): Promise<void> => {
  const scans = fuse(group.from, group.open, runner.warehouse.dialect);
  await Promise.all(scans.map((scan) => measure(group.from, scan, runner)));
};

const measure = async (from: ScopedRelation, scan: FusedScan, runner: StatementRunner): Promise<void> => {
  try {
    const row = await runner.row(scan.statement, ruleIdsOf(scan.slots));
    for (const [index, slot] of scan.slots.entries()) slot.value = row[`m${index}`] ?? null;
  } catch (error) {
    if (scan.slots.length > 1 && mayBeOfOne(error)) await bisect(from, scan, runner);
    else for (const slot of scan.slots) slot.error = error;
  }
};

const bisect = async (from: ScopedRelation, { slots }: FusedScan, runner: StatementRunner): Promise<void> => {
  const middle = Math.ceil(slots.length / 2);
  for (const half of [slots.slice(0, middle), slots.slice(middle)]) await measure(from, scanOf(from, half), runner);
};

const ruleIdsOf = (slots: readonly Slot[]): readonly string[] => [
  ...new Set(slots.flatMap(({ ruleIds }) => [...ruleIds])),
];
