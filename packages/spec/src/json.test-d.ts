import { expectTypeOf } from 'vitest';
import type { Cell, JsonValue, Measurement, Report, Row, Rule, RunEvent } from './index.js';

/** `Value` where it survives JSON, `never` in the places where it does not. */
type JsonSafe<Value> = Value extends JsonValue | undefined
  ? Value
  : Value extends bigint | symbol | Date | Uint8Array | ReadonlyMap<unknown, unknown> | ((...args: never) => unknown)
    ? never
    : { readonly [Key in keyof Value]: JsonSafe<Value[Key]> };

// What a run writes down, sends as progress and keeps between runs is JSON.
expectTypeOf<Report>().toExtend<JsonSafe<Report>>();
expectTypeOf<RunEvent>().toExtend<JsonSafe<RunEvent>>();
expectTypeOf<Measurement>().toExtend<JsonSafe<Measurement>>();
expectTypeOf<Rule>().toExtend<JsonSafe<Rule>>();
// The check itself finds what is not.
expectTypeOf<{ at: Date }>().not.toExtend<JsonSafe<{ at: Date }>>();
expectTypeOf<{ ids: readonly bigint[] }>().not.toExtend<JsonSafe<{ ids: readonly bigint[] }>>();

expectTypeOf<bigint>().not.toExtend<Cell>();
expectTypeOf<Date>().not.toExtend<Cell>();
expectTypeOf<undefined>().not.toExtend<Cell>();
expectTypeOf<Row[string]>().toEqualTypeOf<JsonValue>();
