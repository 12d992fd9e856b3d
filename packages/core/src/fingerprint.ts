import { type CheckpointStore, PlanError, type Rule } from '@aegis/spec';

/** What must be the same for a run to be continued. */
export interface Fingerprint {
  readonly now: string;
  readonly timezone: string;
  readonly rules: readonly string[];
}

const key = 'fingerprint';

export const fingerprintOf = (
  rules: readonly Rule[],
  defaultWarehouse: string,
  { now, timezone }: Pick<Fingerprint, 'now' | 'timezone'>,
): Fingerprint => ({
  now,
  timezone,
  rules: rules.map(({ id, definitionHash, scope }) => `${scope.warehouse ?? defaultWarehouse}/${id}/${definitionHash}`),
});

export const saveFingerprint = (store: CheckpointStore, runId: string, fingerprint: Fingerprint): Promise<void> =>
  store.put(runId, key, new TextEncoder().encode(JSON.stringify(fingerprint)));

/** @throws PlanError `resume-mismatch` when the run left no checkpoint. */
export const loadFingerprint = async (store: CheckpointStore | undefined, runId: string): Promise<Fingerprint> => {
  const bytes = await store?.get(runId, key);
  if (bytes) return JSON.parse(new TextDecoder().decode(bytes)) as Fingerprint;
  throw new PlanError('resume-mismatch', `run ${runId} left no checkpoint to continue from`, {
    hint: 'It may have finished, or its history is kept elsewhere. Start a new run without --resume.',
  });
};

/** @throws PlanError `resume-mismatch` naming what differs. */
export const checkFingerprint = (runId: string, saved: Fingerprint, current: Fingerprint): void => {
  const differing = (['now', 'timezone', 'rules'] as const).filter(
    (part) => JSON.stringify(saved[part]) !== JSON.stringify(current[part]),
  );
  if (differing.length === 0) return;
  const words = { now: 'the clock', timezone: 'the time zone', rules: 'the rules or their warehouses' };
  throw new PlanError(
    'resume-mismatch',
    `run ${runId} cannot be continued: ${differing.map((part) => words[part]).join(' and ')} changed`,
    {
      hint: 'Start a new run without --resume, or restore what the run was started with.',
    },
  );
};
