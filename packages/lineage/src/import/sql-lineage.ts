import type { SqlLineageOptions, StatementLineage } from '../sql/types.js';

/** Column lineage of SQL; loads its parser when it is first called. */
export type SqlLineage = (sql: string, options: SqlLineageOptions) => Promise<readonly StatementLineage[]>;
