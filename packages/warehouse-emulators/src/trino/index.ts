export type { RequestFault, SeenQuery, TrinoEmulatorOptions } from './emulator.js';
export { TrinoEmulator } from './emulator.js';
