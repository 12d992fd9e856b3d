import type { RuleDocument } from '@aegis/rules/conversion';
import { isMapping } from '../../../source/values.js';
import { cannot, type Meaning } from '../../promise.js';

/** Blocks of a rule that a contract has no words for. */
const blocks = ['diagnosis', 'remediation', 'sla'] as const;

/** A rule that was exported as it is: `logic`, and of `scope` what is not the table. */
export const aegisCheck = (implementation: unknown): readonly Meaning[] => {
  const { logic, scope, ...rest } = isMapping(implementation) ? implementation : {};
  if (!isMapping(logic) || typeof logic.type !== 'string') return [cannot('its implementation has no logic')];
  const own = isMapping(scope) ? scope : {};
  return [
    {
      kind: 'logic',
      logic: logic as RuleDocument['logic'],
      scope: Object.fromEntries(Object.entries(own).filter(([key]) => key !== 'table')),
      blocks: Object.fromEntries(blocks.filter((key) => rest[key] !== undefined).map((key) => [key, rest[key]])),
    },
  ];
};
