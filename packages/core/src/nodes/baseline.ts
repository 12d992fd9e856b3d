import { WarehouseError } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { judgesWholeTables } from '../rca/baseline/good-tables.js';
import { keepBaselines } from '../rca/baseline/keep-baselines.js';
import type { RunState } from '../run-state.js';
import { recorded } from '../steps.js';

/**
 * Keeps what tables that hold, and their sources, are like, where later runs can read it; what that cost counts as a task of the run.
 * @throws WarehouseError `cancelled`, so that a continued run does it
 */
export const baseline = async (state: RunState, ports: RunPorts): Promise<Partial<Pick<RunState, 'outcomes'>>> => {
  const { options, lineage, journal } = ports;
  const hasTables = lineage?.trace !== undefined || judgesWholeTables(ports);
  const isWanted = ports.baseline.mode !== 'off' && hasTables && journal.isKept;
  if (!isWanted) return {};
  if (options.signal?.aborted) throw new WarehouseError('cancelled', 'the run was cancelled');
  try {
    const kept = await recorded('baseline', null, ports, () => keepBaselines(state, ports));
    return { outcomes: { baseline: { results: [], failures: {}, ...kept } } };
  } catch (error) {
    journal.note(`No baseline was kept: ${messageOf(error)}`);
    return {};
  }
};
