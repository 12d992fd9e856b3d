import type { Session } from '@aegis/sql/transport';
import type { Answer } from './trino-statement.js';

/** Where statements go; their answers tell the types of their columns. */
export type TrinoSession = Session<Answer>;
