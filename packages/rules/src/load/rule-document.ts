import type { SourceLocation } from '@aegis/spec';

/** Keys and indexes from the root of a rule document to a value in it. */
export type Path = readonly PropertyKey[];

/** One rule as it was written, with the way back to where that was. */
export interface RuleDocument {
  readonly value: unknown;
  /** As it is to be shown in messages; `undefined` for rules of a program. */
  readonly file?: string | undefined;
  /** Where relative paths of data files start. */
  readonly baseDirectory?: string | undefined;
  /** Where the value (or its key) at `path` is, else the nearest thing around it; `undefined` for TypeScript. */
  locate(path: Path, part?: 'key' | 'value'): SourceLocation | undefined;
}

/** Whether a value has keys of its own: no list, no date, no exact number. */
export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** The value at `path`; `undefined` where there is none. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) => (isContainer(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );

const isContainer = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

/** `['logic', 'values', 2]` as `logic.values[2]`. */
export const formatPath = (path: Path): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
