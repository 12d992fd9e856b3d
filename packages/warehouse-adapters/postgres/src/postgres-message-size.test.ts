import { expect, it } from 'vitest';
import { MessageSize } from './postgres-message-size.js';

const message = (content: number, said = content): Uint8Array => {
  const bytes = new Uint8Array(5 + content);
  bytes[0] = 'D'.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, said + 4);
  return bytes;
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

it.each([1, 2, 3, 7, 1_000])('follows messages that come in parts of %i bytes', (length) => {
  const size = new MessageSize();
  const stream = joined(message(0), message(11), message(3), message(0), message(2), message(9, 2 ** 30));
  const seen: boolean[] = [];
  for (let at = 0; at < stream.length; at += length) seen.push(size.exceeds(stream.subarray(at, at + length)));
  const begins = stream.length - 9 - 1;
  expect(seen.indexOf(true)).toBe(Math.floor(begins / length));
});

it('lets pass what a string can hold', () => {
  const size = new MessageSize();
  expect(size.exceeds(message(4, 256 * 2 ** 20))).toBe(false);
  expect(new MessageSize().exceeds(message(4, 256 * 2 ** 20 + 1))).toBe(true);
});
