/** How much of an answer is read: up to a number of rows, and none after the row that passes a number of bytes. */
export class Room {
  #rowsLeft: number;
  #bytesLeft: number;

  constructor(rows: number, bytes = Number.POSITIVE_INFINITY) {
    this.#rowsLeft = rows;
    this.#bytesLeft = bytes;
  }

  /** 0 once there is enough. */
  get rowsLeft(): number {
    return this.isOutOfBytes ? 0 : this.#rowsLeft;
  }

  /** Whether rows may have been left out because of their size. */
  get isOutOfBytes(): boolean {
    return this.#bytesLeft < 0;
  }

  get isFull(): boolean {
    return this.rowsLeft <= 0;
  }

  /** The same row, counted. */
  take<Row>(row: Row): Row {
    this.#rowsLeft -= 1;
    if (Number.isFinite(this.#bytesLeft)) this.#bytesLeft -= sizeOf(row);
    return row;
  }

  /** The first of these rows, as many as there is room for. */
  fill<Row>(rows: readonly Row[]): readonly Row[] {
    const end = rows.findIndex((row) => {
      if (this.isFull) return true;
      this.take(row);
      return false;
    });
    return end === -1 ? rows : rows.slice(0, end);
  }
}

/** About, and cheaply: a character counts as a byte, and so does a number. Never more than the row has as JSON. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 0;
  for (const part of Object.values(value)) size += sizeOf(part);
  return size;
};
