export type { BigQueryEmulatorOptions, RequestFault, SeenJob } from './emulator.js';
export { BigQueryEmulator } from './emulator.js';
