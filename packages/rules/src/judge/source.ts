import { z } from 'zod';
import type { Requirements } from '../type/rule-type.js';
import { tableReference } from '../type/scalars.js';

/** The side that a reconcile rule compares with; `scope.source_warehouse` says where it lives. */
export const sourceParams = {
  source_table: tableReference().describe('Table to compare with.'),
  source_where: z.string().min(1).optional().describe('Boolean expression that narrows the source, in its own SQL.'),
};

/** What every reconcile rule needs of its source. */
export const sourceRequirements = (params: {
  readonly source_table: string;
  readonly source_where?: string | undefined;
}): Pick<Requirements, 'tables' | 'expressions'> => ({
  tables: { source: params.source_table },
  ...(params.source_where !== undefined && {
    expressions: [{ param: 'source_where', sql: params.source_where, relation: 'source' as const }],
  }),
});
