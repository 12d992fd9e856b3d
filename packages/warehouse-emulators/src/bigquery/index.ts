export type { LoopbackEmulator, RequestFault } from '../engine/loopback-emulator.js';
export type { BigQueryEmulatorOptions, SeenJob } from './emulator.js';
export { BigQueryEmulator } from './emulator.js';
