import { describe, expect, it } from 'vitest';
import { memoryEffects } from '../testing/memory-effects.js';
import { terminalOf } from './terminal.js';

const widthOn = async (columns: number | undefined, env = {}) => {
  const stdout = { isTerminal: columns !== undefined, columns, write: () => undefined };
  return terminalOf({}, await memoryEffects({ stdout, env })).width;
};

describe('the width of a result', () => {
  it('is that of the terminal, and 100 where there is none', async () => {
    expect(await widthOn(60)).toBe(60);
    expect(await widthOn(undefined)).toBe(100);
  });

  it('is what COLUMNS says, on a terminal and elsewhere', async () => {
    expect(await widthOn(60, { COLUMNS: '40' })).toBe(40);
    expect(await widthOn(undefined, { COLUMNS: '40' })).toBe(40);
  });

  it.each(['', '0', '-1', 'wide', '1e3'])('minds no COLUMNS of "%s"', async (written) => {
    expect(await widthOn(undefined, { COLUMNS: written })).toBe(100);
  });
});
