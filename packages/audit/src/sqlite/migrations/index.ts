import { initialSchema } from './0001-initial-schema.js';
import { operations } from './0002-operations.js';

/** In order: the first brings an empty file to version 1. Released migrations never change. */
export const migrations: readonly string[] = [initialSchema, operations];
