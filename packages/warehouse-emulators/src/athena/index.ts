export type { AthenaEmulatorOptions, RequestFault, SeenQuery } from './emulator.js';
export { AthenaEmulator } from './emulator.js';
