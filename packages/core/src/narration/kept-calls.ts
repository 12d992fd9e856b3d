import { randomUUID } from 'node:crypto';
import type { CheckpointStore, JsonObject, ModelCall } from '@aegis/spec';

/** A call as the checkpoint of its run keeps it. */
export interface KeptCall extends ModelCall {
  /** What its masked values need to mean the same in a later process. */
  readonly tokens: JsonObject;
}

const prefix = 'model-call/';

/** Equal requests may fail several times: every call has a key of its own. */
export const keepCall = (store: CheckpointStore, runId: string, call: KeptCall): Promise<void> =>
  store.put(runId, `${prefix}${call.requestHash}/${randomUUID()}`, new TextEncoder().encode(JSON.stringify(call)));

export const keptCalls = async (store: CheckpointStore, runId: string): Promise<readonly KeptCall[]> => {
  const keys = await store.keys(runId, prefix);
  const values = await Promise.all(keys.map((key) => store.get(runId, key)));
  return values.flatMap((bytes) => (bytes ? [JSON.parse(new TextDecoder().decode(bytes)) as KeptCall] : []));
};
