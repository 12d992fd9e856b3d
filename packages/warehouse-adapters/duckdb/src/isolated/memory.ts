import { totalmem } from 'node:os';

/** What a process with the engine in it may take. */
export interface Memory {
  /** As the engine's own option. */
  readonly limit: string;
  /** Of the whole process. */
  readonly mostBytes: number;
}

const mebibyte = 2 ** 20;

/**
 * The engine keeps what it buffers within its limit, and not what a function makes: so it may have as much again, but no more than
 * most of the machine. Default limit: a quarter of the machine's memory.
 */
export const memoryOf = (memoryLimit: string | undefined, machine = memoryOfMachine()): Memory => {
  const limit = memoryLimit === undefined ? machine / 4 : bytesOf(memoryLimit);
  return { limit: `${Math.ceil(limit / mebibyte)}MiB`, mostBytes: Math.min(2 * limit + 256 * mebibyte, 0.8 * machine) };
};

/** A container may have less than its machine. */
const memoryOfMachine = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
};

const exponents = ['', 'K', 'M', 'G', 'T'];

/** @param text as the option `memoryLimit` is checked: `4GB`, `512 MiB` */
const bytesOf = (text: string): number => {
  const [, number = '', unit = '', binary = ''] = /^([\d.]+)\s*([KMGT])(i?)B$/i.exec(text) ?? [];
  return Number(number) * (binary === '' ? 1000 : 1024) ** exponents.indexOf(unit.toUpperCase());
};
