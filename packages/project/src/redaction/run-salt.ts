import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Effects } from '../effects.js';

const keyBytes = 32;

/**
 * Of a run, the same in every process of this user that continues it, so that equal values get equal tokens there. It is
 * kept apart from the audit trail: who has that alone cannot try out what a value might be. `undefined` where no key can
 * be kept.
 */
export const runSalt = async (runId: string, { env }: Pick<Effects, 'env'>): Promise<Uint8Array | undefined> => {
  const key = await userKey(join(env.HOME || homedir(), '.aegis', 'redaction.key'));
  return key && createHmac('sha256', key).update(runId).digest();
};

const userKey = async (path: string): Promise<Uint8Array | undefined> =>
  (await readKey(path)) ?? (await createKey(path)) ?? readKey(path);

const readKey = async (path: string): Promise<Uint8Array | undefined> => {
  const key = await readFile(path).catch(() => undefined);
  return key?.length === keyBytes ? key : undefined;
};

/** `undefined` when it exists, or cannot be written. */
const createKey = async (path: string): Promise<Uint8Array | undefined> => {
  const key = randomBytes(keyBytes);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, key, { flag: 'wx', mode: 0o600 });
    return key;
  } catch {
    return undefined;
  }
};
