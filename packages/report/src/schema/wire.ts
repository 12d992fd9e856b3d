import type { Cell, JsonObject, JsonValue } from '@aegis/spec';
import { z } from 'zod';

/** A list as the contracts declare it. `z.array().readonly()` would freeze every value that is parsed. */
export const list = <Item>(item: z.ZodType<Item>): z.ZodType<readonly Item[]> => z.array(item);

export const jsonValue: z.ZodType<JsonValue> = z.json();
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue);
export const row: z.ZodType<{ readonly [column: string]: Cell }> = z.record(z.string(), jsonValue);

export const text = z.string();
export const name = z.string().min(1);
/** Counts beyond 2^53 lose their last digits, so whole numbers are not insisted on. */
export const amount = z.number().min(0);
export const instant = z.iso.datetime({ offset: true });
