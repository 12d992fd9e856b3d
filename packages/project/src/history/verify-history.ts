import type { ChainVerification } from '@aegis/audit';
import { ConfigError } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { type HistoryOptions, reading } from './reading.js';

export interface VerifyHistoryOptions extends HistoryOptions {
  /** The end of the chain as it was kept elsewhere: what was cut off after it shows only by it. */
  readonly head?: string | undefined;
}

/** Recomputes the hash chain of the audit trail. @throws ConfigError `usage` for a head that is none, AuditError */
export const verifyHistory = async (options: VerifyHistoryOptions, effects: Effects): Promise<ChainVerification> => {
  const head = options.head === undefined ? undefined : readHead(options.head);
  return reading(options, effects, (store) => store.verify({ head }));
};

const readHead = (text: string): string => {
  const head = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(head)) return head;
  throw new ConfigError('usage', '--head must be 64 hexadecimal digits', {
    hint: 'A run prints it as `audit head`, and its JSON report holds it as `audit_head`.',
  });
};
