import type { Report } from '@aegis/spec';
import { expectTypeOf } from 'vitest';
import type { z } from 'zod';
import type { reportSchema } from './report-schema.js';

type Parsed = z.infer<typeof reportSchema>;

// The contract in spec and the schema here say the same: neither may gain or lose a field alone.
expectTypeOf<Parsed>().toExtend<Report>();
expectTypeOf<Report>().toExtend<Parsed>();
expectTypeOf<keyof Parsed>().toEqualTypeOf<keyof Report>();
expectTypeOf<keyof Parsed['results'][number]>().toEqualTypeOf<keyof Report['results'][number]>();
expectTypeOf<keyof Parsed['summary']>().toEqualTypeOf<keyof Report['summary']>();
