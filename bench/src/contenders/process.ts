import { byAegis } from './aegis.js';
import { byHand } from './by-hand.js';
import type { Measured, Ready, Task } from './contender.js';

/** Runs the task that the parent process sends, and sends back its figures. */
const measure = async ({ ask, close }: Ready): Promise<Measured> => {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const asked = await ask();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const heapBytes = process.memoryUsage().heapUsed;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  await close();
  return { ...asked, wallMs, cpuMs: (user + system) / 1000, peakBytes, heapBytes };
};

const open = (task: Task): Promise<Ready> =>
  task.contender === 'aegis' ? byAegis(task) : byHand(task.contender, task);

process.once('message', async (task: Task) => {
  const measured = await measure(await open(task));
  process.send?.(measured, () => process.disconnect());
});
