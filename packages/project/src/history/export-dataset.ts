import { resolve } from 'node:path';
import type { AuditStore, DatasetOptions } from '@aegis/audit';
import type { Effects } from '../effects.js';
import { checkNew, writeWhole } from '../output/output-file.js';
import { type HistoryOptions, reading } from './reading.js';

export interface ExportDatasetOptions extends HistoryOptions, DatasetOptions {
  /** Relative to the working directory. */
  readonly output: string;
  /** Replaces a file that exists. */
  readonly force?: boolean | undefined;
}

export interface ExportedDataset {
  /** Absolute. */
  readonly path: string;
  /** One a model call. */
  readonly lines: number;
}

/**
 * Writes model calls as ShareGPT lines, oldest run first: the whole file, or none of it.
 * @throws ConfigError `output`, AuditError
 */
export const exportDataset = async (
  { output, force, ...options }: ExportDatasetOptions,
  effects: Effects,
): Promise<ExportedDataset> => {
  const path = resolve(effects.cwd, output);
  await checkNew(path, { force });
  return reading(options, effects, async (store) => {
    const lines = new DatasetText(store, options);
    await writeWhole(path, lines);
    return { path, lines: lines.count };
  });
};

/** Lines as they are read: a trail may hold more than memory does. */
class DatasetText implements AsyncIterable<string> {
  count = 0;

  constructor(
    private readonly store: AuditStore,
    private readonly options: DatasetOptions,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for await (const line of this.store.exportDataset(this.options)) {
      this.count += 1;
      yield `${JSON.stringify(line)}\n`;
    }
  }
}
