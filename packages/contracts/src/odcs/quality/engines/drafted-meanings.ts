import type { Drafted } from '@aegis/rules/conversion';
import { cannot, type Meaning } from '../../promise.js';

/** Rules of another importer as what a check of the contract means. */
export const meaningsOf = (drafted: readonly Drafted[]): readonly Meaning[] => drafted.map(meaningOf);

const meaningOf = (drafted: Drafted): Meaning => {
  if (drafted.kind === 'refused') return cannot(drafted.reason, drafted.hint);
  const { table: _table, ...scope } = drafted.scope;
  return { kind: 'logic', logic: drafted.logic, asQuery: drafted.asQuery, scope };
};
