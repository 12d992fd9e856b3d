import { type RuleResult, type Severity, severities } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { SeverityPolicy } from '../pipeline-types.js';
import type { RunPorts } from '../ports.js';
import { forFailing } from './failing.js';

/** The declared severity, raised one step where much of the table fails or much is made from it. */
export const classify = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> =>
  forFailing(results, async (result) => {
    const escalates = isWidespread(result, ports.severity) || (await reachesFar(result, ports));
    const severity = escalates ? oneStepUp(result.severity) : result.severity;
    return { ...result, effective_severity: severity, escalated: severity !== result.severity };
  });

/** `100·failed > percent·checked`, in whole numbers where the percentage is one; tables have no percentage. */
const isWidespread = (result: RuleResult, { escalateAbovePercent }: SeverityPolicy): boolean => {
  const { unit, rows_failed: failed, rows_checked: checked, failed_percent: percent } = result;
  if (unit === 'table' || failed === null || percent === null) return false;
  if (unit !== 'rows' || checked === null) return percent > escalateAbovePercent;
  return 100 * failed > escalateAbovePercent * checked;
};

const reachesFar = async ({ table }: RuleResult, { lineage, severity, journal }: RunPorts): Promise<boolean> => {
  if (!lineage) return false;
  try {
    return (await lineage.downstream(table)).length >= severity.blastRadius;
  } catch (error) {
    journal.note(`Lineage could not be read: ${messageOf(error)}`);
    return false;
  }
};

/** From `info` toward `critical`, which stays. */
const oneStepUp = (severity: Severity): Severity =>
  severities[Math.max(0, severities.indexOf(severity) - 1)] ?? severity;
