import type { TableProfile } from '../profile/table-profile.js';
import { counted, roundedDown } from './amounts.js';
import type { Draft } from './draft.js';

/** Half of the rows may go before someone ought to look. */
export const volumeDrafts = ({ rows }: TableProfile): readonly Draft[] => {
  if (rows === 0) return [];
  const threshold = Math.max(1, roundedDown(rows / 2));
  return [
    {
      name: 'row_count',
      type: 'row_count',
      logic: { threshold },
      severity: 'high',
      description: `The table has at least ${counted(threshold, 'row')}: it had ${counted(rows, 'row')} when this was drafted.`,
      comments: [],
      origin: 'profile',
      value: 65,
    },
  ];
};
