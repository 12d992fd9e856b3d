export type { LoopbackEmulator, RequestFault } from '../engine/loopback-emulator.js';
export type { AthenaEmulatorOptions, SeenQuery } from './emulator.js';
export { AthenaEmulator } from './emulator.js';
