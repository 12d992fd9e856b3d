import { byAllKeys } from './by-all-keys.js';
import { byChecksums } from './by-checksums.js';
import type { Measured, Ready, Task } from './contender.js';

/** Runs the task that the parent process sends, and sends back its figures. */
const measure = async ({ ask, close }: Ready): Promise<Measured> => {
  const started = performance.now();
  const answer = await ask();
  const wallMs = performance.now() - started;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  await close();
  return { ...answer, wallMs, peakBytes };
};

process.once('message', async (task: Task) => {
  const measured = await measure(await (task.contender === 'checksums' ? byChecksums(task) : byAllKeys(task)));
  process.send?.(measured, () => process.disconnect());
});
