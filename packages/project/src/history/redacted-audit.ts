import type { Redactor } from '@aegis/llm/redaction';
import type { AuditPort, JsonObject, JsonValue } from '@aegis/spec';
import { redactReport, type StoredSamples } from '../redaction/redact-report.js';

/** The audit trail behind redaction: no row value reaches it as it is. */
export const redactedAudit = (audit: AuditPort, redactor: Redactor, samples: StoredSamples): AuditPort => ({
  startRun: (run) => audit.startRun(run),
  recordStep: (runId, step) =>
    audit.recordStep(runId, {
      ...step,
      ...(step.detail !== undefined && { detail: redactor.text(step.detail) }),
    }),
  recordDecision: (runId, decision) =>
    audit.recordDecision(runId, {
      ...decision,
      prompt: redactor.text(decision.prompt),
      response: redactor.text(decision.response),
    }),
  ...(audit.decisions && { decisions: async (runId) => (await audit.decisions?.(runId)) ?? [] }),
  recordMeasurements: (measurements) =>
    audit.recordMeasurements(
      measurements.map((measurement) => ({ ...measurement, state: maskTexts(measurement.state, redactor) })),
    ),
  finishRun: (runId, report) => audit.finishRun(runId, redactReport(report, redactor, samples)),
});

/** Figures are what later runs learn from; only texts (a smallest name, say) are masked. */
const maskTexts = (state: JsonObject, redactor: Redactor): JsonObject =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, maskText(value, redactor)]));

const maskText = (value: JsonValue, redactor: Redactor): JsonValue =>
  typeof value === 'string' ? redactor.text(value) : value;
