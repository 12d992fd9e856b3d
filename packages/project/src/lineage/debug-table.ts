import type { DebugEvent, Warehouse } from '@aegis/spec';
import type { Effects } from '../effects.js';
import type { RunJournal } from '../history/run-journal.js';
import { closeInTime } from '../warehouses/close-in-time.js';
import { openWarehouses } from '../warehouses/open-warehouses.js';
import type { DebuggedTable, DebugTableOptions } from './ask-options.js';
import { type Inquiry, openInquiry, type QuestionParts, recordedInquiry } from './inquiry.js';
import { noValues, readOnly } from './shown-values.js';

/**
 * Why a table is wrong: a model looks at lineage and data with bounded tools until it can say. Each look is a step of the run
 * in the audit trail.
 * @throws ConfigError `missing-adapter` with the install command, `usage` where no source of lineage is named or no values may be
 * shown; LineageError for the table; WarehouseError where it cannot be reached, before a model is asked
 */
export const debugTable = async (options: DebugTableOptions, effects: Effects): Promise<DebuggedTable> => {
  const inquiry = await openInquiry('debug', options, effects);
  if (inquiry.masking.stored === 'none') throw noValues();
  const { defaultName } = inquiry.names;
  const warehouses = await openWarehouses([defaultName], [], inquiry.names, inquiry.project, effects, {
    isUntrusted: true,
  });
  try {
    const warehouse = readOnly(warehouses.byName[defaultName], defaultName);
    await warehouse.connect();
    return await recordedInquiry(
      inquiry,
      (parts, journal) => debugIn(warehouse, inquiry, options, { parts, journal }),
      ({ answer, cost, stopReason }) => ({
        ...{ answer, cost, isComplete: stopReason === 'answered' || stopReason === 'max_iterations' },
        notes: [`Stop reason: ${stopReason}`],
      }),
    );
  } finally {
    await closeInTime(warehouses);
  }
};

interface Recording {
  readonly parts: QuestionParts;
  readonly journal: RunJournal;
}

const debugIn = async (
  warehouse: Warehouse,
  { table, names }: Inquiry,
  { question, maxIterations, timeoutMs, onEvent }: DebugTableOptions,
  { parts, journal }: Recording,
) => {
  const looks = new Looks(journal, table);
  const { debug } = await import('@aegis/core');
  const answer = await debug(table, question, {
    ...parts,
    ...{ warehouse, warehouseName: names.defaultName, maxIterations, limits: { timeoutMs } },
    onEvent: (event) => {
      looks.note(event);
      onEvent?.(event);
    },
  });
  await looks.written();
  return answer;
};

const verifying = 'verify';

/** Writes down each tool call as a step, while the next ones are made, and that cited ones are made again. */
class Looks {
  readonly #journal: RunJournal;
  readonly #table: string;
  readonly #begun = new Map<string, (isError: boolean) => void>();
  readonly #steps: Promise<unknown>[] = [];

  constructor(journal: RunJournal, table: string) {
    this.#journal = journal;
    this.#table = table;
  }

  note(event: DebugEvent): void {
    if (event.type === 'looking') this.#begin(event.id, event.tool);
    if (event.type === 'found') this.#begun.get(event.id)?.(event.isError);
    if (event.type === 'verifying') this.#begin(verifying, verifying);
  }

  async written(): Promise<void> {
    this.#begun.get(verifying)?.(false);
    for (const end of this.#begun.values()) end(true);
    await Promise.all(this.#steps);
  }

  #begin(id: string, tool: string): void {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#begun.set(id, (isError) => (isError ? reject(new Error(`${id} was an error`)) : resolve()));
    this.#steps.push(this.#journal.step(tool, this.#table, () => promise).catch(() => undefined));
  }
}
