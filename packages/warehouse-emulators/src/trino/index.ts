export type { LoopbackEmulator, RequestFault } from '../engine/loopback-emulator.js';
export type { SeenQuery, TrinoEmulatorOptions } from './emulator.js';
export { TrinoEmulator } from './emulator.js';
