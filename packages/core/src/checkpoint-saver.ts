import type { CheckpointStore } from '@aegis/spec';
import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  getCheckpointId,
  type PendingWrite,
  WRITES_IDX_MAP,
} from '@langchain/langgraph-checkpoint';

interface SavedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly metadata: CheckpointMetadata;
  readonly parentId: string | undefined;
}

/** Where a checkpoint belongs: a run, and a graph within it. */
interface Thread {
  readonly runId: string;
  readonly namespace: string;
}

const threadOf = ({ configurable }: RunnableConfig): Thread => ({
  runId: String(configurable?.thread_id),
  namespace: String(configurable?.checkpoint_ns ?? ''),
});

const checkpointKey = ({ namespace }: Thread, id: string): string => `checkpoint/${namespace}/${id}`;
const writesKey = ({ namespace }: Thread, id: string): string => `write/${namespace}/${id}/`;

const configOf = ({ runId, namespace }: Thread, id: string): RunnableConfig => ({
  configurable: { thread_id: runId, checkpoint_ns: namespace, checkpoint_id: id },
});

/** LangGraph's checkpoints over a {@link CheckpointStore}: one scope per run. Checkpoint ids sort by time. */
export class StoreCheckpointSaver extends BaseCheckpointSaver {
  readonly #store: CheckpointStore;

  constructor(store: CheckpointStore) {
    super();
    this.#store = store;
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const thread = threadOf(config);
    const id = getCheckpointId(config) || (await this.#ids(thread)).at(-1);
    return id === undefined ? undefined : this.#tuple(thread, id);
  }

  override async *list(config: RunnableConfig, options: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    const thread = threadOf(config);
    const before = options.before && getCheckpointId(options.before);
    const ids = (await this.#ids(thread)).filter((id) => !before || id < before).reverse();
    for (const id of ids.slice(0, options.limit)) {
      const tuple = await this.#tuple(thread, id);
      if (tuple) yield tuple;
    }
  }

  override async put(config: RunnableConfig, checkpoint: Checkpoint, metadata: CheckpointMetadata) {
    const thread = threadOf(config);
    const saved: SavedCheckpoint = { checkpoint, metadata, parentId: getCheckpointId(config) || undefined };
    await this.#store.put(thread.runId, checkpointKey(thread, checkpoint.id), await this.#bytes(saved));
    return configOf(thread, checkpoint.id);
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    const thread = threadOf(config);
    const prefix = writesKey(thread, getCheckpointId(config));
    for (const [index, [channel, value]] of writes.entries()) {
      const place = WRITES_IDX_MAP[channel] ?? index;
      const pending: CheckpointPendingWrite = [taskId, channel, value];
      await this.#store.put(thread.runId, `${prefix}${taskId}/${place}`, await this.#bytes(pending));
    }
  }

  override async deleteThread(threadId: string): Promise<void> {
    await this.#store.deleteScope(threadId);
  }

  async #ids(thread: Thread): Promise<readonly string[]> {
    const prefix = checkpointKey(thread, '');
    return (await this.#store.keys(thread.runId, prefix)).map((key) => key.slice(prefix.length));
  }

  async #tuple(thread: Thread, id: string): Promise<CheckpointTuple | undefined> {
    const saved = await this.#load<SavedCheckpoint>(thread.runId, checkpointKey(thread, id));
    if (!saved) return undefined;
    const { checkpoint, metadata, parentId } = saved;
    return {
      config: configOf(thread, id),
      checkpoint,
      metadata,
      pendingWrites: await this.#pendingWrites(thread, id),
      ...(parentId && { parentConfig: configOf(thread, parentId) }),
    };
  }

  async #pendingWrites(thread: Thread, id: string): Promise<CheckpointPendingWrite[]> {
    const keys = await this.#store.keys(thread.runId, writesKey(thread, id));
    const writes = await Promise.all(keys.map((key) => this.#load<CheckpointPendingWrite>(thread.runId, key)));
    return writes.filter((write) => write !== undefined);
  }

  async #bytes(value: unknown): Promise<Uint8Array> {
    const [, bytes] = await this.serde.dumpsTyped(value);
    return bytes;
  }

  async #load<Value>(runId: string, key: string): Promise<Value | undefined> {
    const bytes = await this.#store.get(runId, key);
    return bytes && ((await this.serde.loadsTyped('json', bytes)) as Value);
  }
}
