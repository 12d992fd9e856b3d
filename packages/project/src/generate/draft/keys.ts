import type { ColumnKind } from '@aegis/spec';
import type { ColumnProfile, TableProfile } from '../profile/table-profile.js';
import { counted } from './amounts.js';
import { isKeyName } from './column-names.js';
import type { Draft } from './draft.js';

const keyKinds: ReadonlySet<ColumnKind> = new Set(['integer', 'text', 'uuid']);

/** Whether no value occurs twice, and that is no accident. */
export const isKey = (column: ColumnProfile): boolean => {
  const { name, kind, nonNull = 0, distinct } = column;
  return nonNull > 1 && distinct === nonNull && keyKinds.has(kind) && (isKeyName(name) || isByNature(column));
};

/** A UUID, or whole numbers without a gap, as sequences give them. */
const isByNature = ({ kind, nonNull, min, max }: ColumnProfile): boolean =>
  kind === 'uuid' || (kind === 'integer' && Number(max) - Number(min) + 1 === nonNull);

/** Keys occur once, and where no row lacks one, none may. */
export const keyDrafts = ({ columns, rows }: TableProfile): readonly Draft[] =>
  columns
    .filter(isKey)
    .flatMap((column) => (column.nonNull === rows ? completeKey(column, rows) : [unique(column, 'high')]));

const completeKey = (column: ColumnProfile, rows: number): readonly Draft[] => [
  unique(column, 'critical'),
  {
    name: `${column.name}_present`,
    type: 'not_null',
    logic: { column: column.name },
    severity: 'critical',
    description: `Every row has its ${column.name}: none of ${counted(rows, 'row')} lacks it.`,
    ...common,
    value: 95,
  },
];

const unique = ({ name, nonNull = 0 }: ColumnProfile, severity: Draft['severity']): Draft => ({
  name: `${name}_unique`,
  type: 'unique',
  logic: { column: name },
  severity,
  description: `Every ${name} occurs once: ${counted(nonNull, 'different value')} in as many rows.`,
  ...common,
  value: 100,
});

const common = { comments: [], origin: 'profile' } as const;
