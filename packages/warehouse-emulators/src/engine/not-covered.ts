/** The emulator cannot run this on DuckDB. It says nothing about whether the warehouse could. */
export class NotCoveredError extends Error {
  override readonly name = 'NotCoveredError';

  constructor(what: string) {
    super(`not covered by the emulator: ${what}`);
  }
}
