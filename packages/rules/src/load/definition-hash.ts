import type { JsonValue } from '@aegis/spec';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** JSON with sorted keys, so that equal values have equal text. Keys without a value are left out. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    isPlainObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** SHA-256 of everything that decides a rule's outcome, as 64 hexadecimal digits. */
export const hashDefinition = (definition: { readonly [key: string]: JsonValue | object | undefined }): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(definition))));
