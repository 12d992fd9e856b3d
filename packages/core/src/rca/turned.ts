import type { JoinKeys } from './join-keys.js';

/** The same join, read from its other side. */
export const turned = ({ left, right, leftColumns, rightColumns, ...rest }: JoinKeys): JoinKeys => ({
  ...rest,
  ...{ left: right, right: left, leftColumns: rightColumns, rightColumns: leftColumns },
});
