import type { AuditPort, RunEvent } from '@aegis/spec';
import { messageOf } from './message-of.js';
import type { Journal } from './ports.js';

/** A journal over the audit trail. A trail that cannot be written costs one note, never the run. */
export const openJournal = (
  runId: string,
  audit: AuditPort | undefined,
  emit: (event: RunEvent) => void,
): Journal & { readonly write: (work: (audit: AuditPort) => Promise<void>) => Promise<void> } => {
  const notes: string[] = [];
  const note = (message: string) => {
    if (notes.includes(message)) return;
    notes.push(message);
    emit({ type: 'note', message });
  };
  const write = async (work: (audit: AuditPort) => Promise<void>) => {
    if (!audit) return;
    try {
      await work(audit);
    } catch (error) {
      note(`The audit trail is incomplete: ${messageOf(error)}`);
    }
  };
  return {
    isKept: audit !== undefined,
    notes,
    note,
    write,
    recordStep: (step) => write((trail) => trail.recordStep(runId, step)),
    recordDecision: (decision) => write((trail) => trail.recordDecision(runId, decision)),
    decisions: async () => audit?.decisions?.(runId).catch(() => undefined),
    recordMeasurements: (measurements) => write((trail) => trail.recordMeasurements(measurements)),
  };
};
