import { openAuditStore } from '../open-audit-store.js';
import { decision, operation, report, runStart, step } from './records.js';

/** A process of its own that opens the trail when told to, and writes runs to it. Arguments: path, name, number of runs. */
const [path = '', name = '', runs = ''] = process.argv.slice(2);

const writeRuns = async () => {
  const store = openAuditStore({ path, busyTimeoutMs: 60_000 });
  for (let index = 0; index < Number(runs); index += 1) {
    const runId = `${name}-${index}`;
    await store.startRun(runStart(runId));
    await store.recordStep(runId, step('plan'));
    await store.recordDecision(runId, decision({ response: `answer of ${name}` }));
    await store.recordOperation(operation(runId, { runId }));
    await store.finishRun(runId, report(runId));
  }
  await store.startRun(runStart(`${name}-killed`));
  await store.recordStep(`${name}-killed`, step('plan'));
};

process.once('message', () => {
  void writeRuns().then(() => process.kill(process.pid, 'SIGKILL'));
});
process.send?.('ready');
