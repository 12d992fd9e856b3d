import { AuditError, type AuditReason, isAegisError } from '@aegis/spec';

/** Primary or extended result codes of SQLite and of the file system; specific before generic. */
const reasons: readonly (readonly [code: string, reason: AuditReason])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_FORMAT', 'corrupt'],
  // A table or column that the migrations made is missing.
  ['SQLITE_ERROR', 'corrupt'],
  ['SQLITE_CONSTRAINT_TRIGGER', 'read-only'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['EROFS', 'read-only'],
];

/** The reason for a result code such as `SQLITE_BUSY_SNAPSHOT` or `EACCES`; `open` for all that are not listed. */
export const auditReasonOf = (code: string): AuditReason =>
  reasons.find(([listed]) => code === listed || code.startsWith(`${listed}_`))?.[1] ?? 'open';

const descriptions: Record<AuditReason, readonly [message: string, hint: string]> = {
  open: ['cannot be used', 'Check that the path is a file in a folder that you may use, or choose another path.'],
  'read-only': ['cannot be written', 'Check the permissions of the file and its folder, or choose another path.'],
  corrupt: ['is damaged or not an Aegis audit trail', 'Restore a copy, or move the file away to start a new one.'],
  'newer-version': ['was written by a newer Aegis', 'Update Aegis, or choose another path.'],
  busy: ['is locked by another process', 'Try again when the other process has finished writing.'],
  'not-found': ['does not exist', 'Check the path; the first run creates the file.'],
};

export const auditError = (reason: AuditReason, path: string, detail: string, cause?: unknown): AuditError => {
  const [message, hint] = descriptions[reason];
  return new AuditError(reason, `The audit trail ${path} ${message}: ${detail}`, { hint, cause });
};

/** Runs `work` on the database at `path` and turns what SQLite or the file system throws into an `AuditError`. */
export const classified = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw classify(path, error);
  }
};

export const classify = (path: string, error: unknown): unknown => {
  if (isAegisError(error) || !(error instanceof Error)) return error;
  const code = codeOf(error);
  return code === undefined ? error : auditError(auditReasonOf(code), path, error.message, error);
};

export const isBusy = (error: unknown): boolean =>
  error instanceof Error && auditReasonOf(codeOf(error) ?? '') === 'busy';

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;
