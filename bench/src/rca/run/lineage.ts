import type { Lineage } from '@aegis/spec';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { RanStatement } from './lab.js';

export const lineageOf = async (
  _pipeline: Pipeline,
  _statements: readonly RanStatement[],
): Promise<Lineage | undefined> => undefined;
