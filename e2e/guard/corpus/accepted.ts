import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import { acceptedEverywhere } from './accepted-everywhere.js';
import { acceptedOwn } from './accepted-own.js';

/** What the guard of a dialect has to let through. */
export const acceptedIn = (dialect: DialectName): readonly string[] => [...acceptedEverywhere, ...acceptedOwn[dialect]];
