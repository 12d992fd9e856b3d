import { greatExpectations } from '../great-expectations/great-expectations.js';
import { odcs } from '../odcs/odcs.js';
import { soda } from '../soda/soda.js';
import type { Importer } from './importer.js';

/** In the order in which a file is held against them. */
export const importers: readonly Importer[] = [odcs, greatExpectations, soda];
