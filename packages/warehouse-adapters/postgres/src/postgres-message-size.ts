import { WarehouseError } from '@aegis/spec';

/** A part of a stream of messages, each of one byte that tells its kind, and four with the length of all but that one. */
type Chunk = Uint8Array;

/** A text of half as much again is more than one string can hold, over which the driver would end the program. */
const mostBytes = 256 * 2 ** 20;

const headerBytes = 5;

/** Follows messages of the server to say when one begins that is too long to be read. */
export class MessageSize {
  #left = 0;
  #header: number[] = [];

  /** Whether such a one begins in this part of the stream. */
  exceeds(chunk: Chunk): boolean {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#left, chunk.length - at);
      this.#left -= skipped;
      at += skipped;
      while (this.#left === 0 && at < chunk.length && this.#header.length < headerBytes)
        this.#header.push(chunk[at++] ?? 0);
      if (this.#header.length === headerBytes) this.#begin();
      if (this.#left > mostBytes) return true;
    }
    return false;
  }

  #begin(): void {
    const [, ...length] = this.#header;
    this.#left = new DataView(Uint8Array.from(length).buffer).getUint32(0) - length.length;
    this.#header = [];
  }
}

interface ByteStream {
  prependListener(event: 'data', listener: (chunk: Chunk) => void): unknown;
  destroy(error: Error): unknown;
}

/** Ends a connection on which the server begins to send what the driver could not hold. */
export const refuseLargeMessages = (stream: ByteStream): void => {
  const size = new MessageSize();
  stream.prependListener('data', (chunk) => {
    if (size.exceeds(chunk)) stream.destroy(tooLarge());
  });
};

const tooLarge = (): WarehouseError =>
  new WarehouseError('unsupported', `a row of the answer is larger than ${mostBytes / 2 ** 20} MiB`, {
    hint: 'Read fewer columns, or parts of long values.',
  });
