import { expectTypeOf } from 'vitest';
import type { AggregateExpression, Expression } from './expression.js';
import type {
  AuditPort,
  CheckpointStore,
  Dialect,
  History,
  LanguageModel,
  LanguageModelAdapter,
  Lineage,
  Narrator,
  Report,
  Unit,
  Warehouse,
  WarehouseAdapter,
} from './index.js';
import type { StatementKind } from './statement.js';

/** Members that an implementation cannot leave out: one more is a breaking change. */
type Required<Contract> = {
  [Key in keyof Contract]-?: Record<never, never> extends Pick<Contract, Key> ? never : Key;
}[keyof Contract];

expectTypeOf<Warehouse['contract']>().toEqualTypeOf<'warehouse/v1'>();
expectTypeOf<WarehouseAdapter['contract']>().toEqualTypeOf<'warehouse/v1'>();
expectTypeOf<Dialect['contract']>().toEqualTypeOf<'dialect/v1'>();
expectTypeOf<LanguageModel['contract']>().toEqualTypeOf<'language-model/v1'>();
expectTypeOf<Report['schema']>().toEqualTypeOf<'aegis.dev/report/v1'>();

expectTypeOf<Required<Warehouse>>().toEqualTypeOf<
  'contract' | 'dialect' | 'capabilities' | 'connect' | 'executeScalar' | 'executeSample'
>();
expectTypeOf<Required<WarehouseAdapter>>().toEqualTypeOf<'contract' | 'type' | 'optionsSchema' | 'create'>();
expectTypeOf<Required<Dialect>>().toEqualTypeOf<
  | ('contract' | 'name' | 'parserName' | 'strategy' | 'quoteIdentifier' | 'tableName')
  | ('expression' | 'statement' | 'columnType' | 'describeSql')
>();
expectTypeOf<Required<LanguageModel>>().toEqualTypeOf<'contract' | 'provider' | 'model' | 'generate'>();
expectTypeOf<Required<History>>().toEqualTypeOf<'measurements'>();
expectTypeOf<Required<Lineage>>().toEqualTypeOf<'downstream'>();
expectTypeOf<Required<CheckpointStore>>().toEqualTypeOf<'put' | 'get' | 'keys' | 'deleteScope'>();
expectTypeOf<Required<AuditPort>>().toEqualTypeOf<
  'startRun' | 'recordStep' | 'recordDecision' | 'recordMeasurements' | 'finishRun'
>();
expectTypeOf<Required<Narrator>>().toEqualTypeOf<
  'provider' | 'model' | 'classify' | 'diagnose' | 'narrateRootCause' | 'propose'
>();
expectTypeOf<Required<LanguageModelAdapter>>().toEqualTypeOf<
  'contract' | 'type' | 'defaultModel' | 'optionsSchema' | 'create'
>();

expectTypeOf<Unit>().toEqualTypeOf<'rows' | 'keys' | 'values' | 'table'>();
// A dialect answers every kind, so a new one is work for whoever wrote a dialect.
expectTypeOf<StatementKind>().toEqualTypeOf<
  | ('aggregate' | 'key_hashes' | 'key_counts' | 'duplicate_keys' | 'unmatched_counts' | 'unmatched_rows')
  | ('key_difference_counts' | 'key_difference_rows' | 'row_difference_counts' | 'row_difference_rows')
  | ('bucket_checksums' | 'bucket_rows' | 'rows' | 'row_sample' | 'query_count' | 'query_rows')
  | ('failing_rows' | 'segment_counts' | 'failing_overlaps')
>();
expectTypeOf<AggregateExpression['kind']>().toEqualTypeOf<
  'count_all' | 'count_if' | 'count' | 'count_distinct' | 'aggregate'
>();
expectTypeOf<Expression['kind']>().toEqualTypeOf<
  | ('column' | 'literal' | 'user_sql' | 'is_null' | 'not' | 'and' | 'or' | 'compare' | 'in')
  | ('is_nan' | 'is_finite' | 'matches' | 'trim' | 'arithmetic' | 'abs' | 'to_double')
>();
