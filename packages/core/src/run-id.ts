import { randomBytes } from 'node:crypto';

/** A new run id: sorts by time, reads as one, and two at the same second differ, e.g. `20260115-120000-9f3a1c`. */
export const newRunId = (at: Date = new Date()): string => {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
};
