import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/** Runs the command line of this process, and leaves its exit code behind. */
export const start = async (): Promise<void> => {
  // The SQL parser is 24 MB of WebAssembly that runs for milliseconds: optimising it would cost a second of processor time.
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  // What is imported from here on is compiled once per version and machine; without a folder for it, nothing changes.
  enableCompileCache();
  const [{ main }, { processEffects }] = await Promise.all([import('./main.js'), import('./process-effects.js')]);
  process.exitCode = await main(process.argv.slice(2), processEffects());
};
