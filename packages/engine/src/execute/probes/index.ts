import type { Probe, ProbeKind } from '@aegis/rules';
import { compare, keyDifference, rowDifference } from './compare.js';
import { frequency } from './frequency.js';
import { metadata } from './metadata.js';
import type { ProbeHandler } from './probe-handler.js';
import { query } from './query.js';
import { reference } from './reference.js';
import { rowSample } from './row-sample.js';

/** Every kind of probe. A new kind is one file and one line here. */
const handlers: { readonly [Kind in ProbeKind]: ProbeHandler<Kind> } = {
  aggregate: { shared: ({ measures }) => measures },
  frequency,
  reference,
  metadata,
  query,
  row_sample: rowSample,
  compare,
  key_difference: keyDifference,
  row_difference: rowDifference,
};

/** The handler of a probe; the table above pairs each kind with its own, which the compiler cannot follow. */
export const handlerOf = (probe: Probe) => handlers[probe.kind] as ProbeHandler<ProbeKind>;
