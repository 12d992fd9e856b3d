import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import type { Planted } from './planted.js';

type Written = (planted: Planted) => readonly string[];

/** What stands after FROM and reads something out of scope, in every dialect. */
const everywhere: Written = () => [
  ...['secret', 'SECRET', 'Secret', 'vault.keys', 'vault . keys', 'ledger', 'a.b.c.d', 'information_schema.tables'],
  ...['( select v from secret )', '( ( select * from vault.keys ) )', 'lateral ( select v from secret )'],
  ...['( table secret )', '( from secret )', 'table secret', 'table ( secret )', 'only secret', 'only ( secret )'],
  ...['secret cross join orders', '( secret )', '( secret join orders on true )', '( orders cross join secret )'],
  ...['secret tablesample bernoulli ( 50 )', 'orders , secret', 'unnest ( ( select v from secret ) )'],
  ...['( values ( ( select max ( v ) from secret ) ) )', '( with s as ( select * from secret ) select * from s )'],
  ...['( describe secret )', '( show tables )', '( summarize secret )', '( explain select 1 )', '{table}'],
  ...["'secret'", "query ( 'select v from secret' )", "query_table ( 'secret' )", "identifier ( 'secret' )"],
  ...[
    '( delete from ledger )',
    '( delete from ledger returning v )',
    "( insert into ledger values ( 1 , 'x' ) returning v )",
  ],
  ...[
    'secret pivot ( count ( v ) for v in ( 1 ) )',
    'secret for system_time as of current_timestamp',
    'secrеt',
    'ｓecret',
  ],
];

const own: Readonly<Record<DialectName, Written>> = {
  duckdb: ({ file }) => [
    ...[
      '"secret"',
      '"SECRET"',
      'main.secret',
      'memory.main.secret',
      'main . "secret"',
      'duckdb_tables ( )',
      'pg_tables',
    ],
    ...[
      `read_text ( '${file}' )`,
      `'${file}'`,
      `"${file}"`,
      `read_csv ( '${file}' , header = false )`,
      `glob ( '${file}' )`,
    ],
    ...["query_table ( concat ( 'sec' , 'ret' ) )", "histogram ( 'secret' , 'v' )", "pragma_table_info ( 'secret' )"],
    ...["json_execute_serialized_sql ( json_serialize_sql ( 'select v from secret' ) )", 'duckdb_settings ( )'],
    ...[
      '( pivot secret on v using count ( * ) )',
      '( pivot_wider secret on v using count ( * ) )',
      '( unpivot secret on v )',
    ],
    ...[
      'secret using sample 3',
      'orders positional join secret',
      'orders asof join secret using ( id )',
      'sqlite_master',
    ],
    ...['orders semi join secret using ( id )', 'orders anti join secret using ( id )', "seq_scan ( 'secret' )"],
    ...[
      'secret at ( version => 1 )',
      '( pivot_longer secret on v )',
      'read_blob ( [ 1 ] )',
      '( desc secret )',
      'getenv ( 1 )',
    ],
    ...[
      'range ( ( select count ( * ) from secret ) )',
      'json_each ( ( select v from secret ) )',
      'information_schema.columns',
    ],
  ],
  postgres: ({ file }) => [
    ...[
      '"secret"',
      'public.secret',
      'public . "secret"',
      'pg_class',
      'pg_catalog.pg_authid',
      'pg_stat_activity',
      'secret *',
    ],
    ...[`pg_read_file ( '${file}' )`, `pg_ls_dir ( '/' )`, 'rows from ( generate_series ( 1 , 2 ) , pg_ls_dir ( 1 ) )'],
    ...[
      "dblink ( 'dbname=x' , 'select v from secret' ) as d ( v text )",
      "query_to_xml ( 'select * from secret' , true , true , '' )",
    ],
    ...[
      "xmltable ( '/x' passing xmlparse ( content '<x/>' ) columns v text )",
      'pg_get_keywords ( )',
      "nextval ( 'numbers' )",
    ],
    ...[
      "table_to_xml ( 'secret' , true , true , '' )",
      'generate_series ( 1 , ( select count ( * ) from secret ) )',
      'pg_user',
    ],
    ...[
      "set_config ( 'a.b' , 'c' , false )",
      "lo_import ( 'x' )",
      'current_schemas ( true )',
      'json_populate_record ( null :: secret , 1 )',
    ],
    ...[
      'secret tablesample system ( 100 )',
      "ts_stat ( 'select to_tsvector(v) from secret' )",
      'current_user',
      'session_user',
    ],
  ],
  bigquery: () => [
    ...[
      '`secret`',
      '`p.d.secret`',
      '`p`.d.secret',
      '`d.secret`',
      '`orders_*`',
      '`orders*`',
      'd.INFORMATION_SCHEMA.TABLES',
    ],
    ...[
      "EXTERNAL_QUERY ( 'c' , 'SELECT 1' )",
      'ML.PREDICT ( MODEL m , TABLE secret )',
      'secret for system_time as of current_timestamp ( )',
    ],
    ...[
      '`region-us`.INFORMATION_SCHEMA.JOBS',
      'd.__TABLES__',
      'APPENDS ( TABLE secret , NULL )',
      'VECTOR_SEARCH ( TABLE secret , 1 )',
    ],
    ...[
      'ORDERS',
      '`Orders`',
      'my-project.d.secret',
      'd.fn ( 1 )',
      'GAP_FILL ( TABLE secret , ts_column => 1 )',
      'TABLE_DATE_RANGE ( [ 1 ] )',
    ],
    ...[
      'unnest ( array ( select v from secret ) )',
      'orders.secret',
      'secret@1',
      'secret$20260101',
      'orders tablesample system ( 1 percent )',
    ],
  ],
  databricks: ({ file }) => [
    ...[
      '`secret`',
      'main.default.secret',
      `delta.\`${file}\``,
      `text.\`${file}\``,
      'csv.`x`',
      `read_files ( '${file}' )`,
      '`/etc/passwd`',
    ],
    ...[
      "table_changes ( 'secret' , 1 )",
      'secret version as of 1',
      "secret timestamp as of '2026-01-01'",
      'secret@v1',
      'stream ( secret )',
    ],
    ...[
      'system.access.audit',
      "remote_query ( 'c' , 'x' )",
      "identifier ( 'sec' || 'ret' )",
      'range ( ( select count ( * ) from secret ) )',
    ],
    ...[
      '( from secret select v )',
      "( from orders map id using 'cat' as b )",
      'stack ( 1 , ( select v from secret ) )',
      "cloud_files ( 'x' )",
    ],
    ...[
      'secret lateral view explode ( v ) e as x',
      'orders lateral view explode ( ( select v from secret ) ) e as x',
      'live.secret',
    ],
    ...[
      'ai_forecast ( table ( secret ) )',
      'vector_search ( index => 1 )',
      "read_kafka ( 'x' )",
      'list_secrets ( )',
      'explode ( table secret )',
    ],
  ],
  athena: () => [
    ...[
      '"secret"',
      'system.runtime.queries',
      'hive."default".secret',
      '"orders$partitions"',
      '"orders$files"',
      'jmx.current.x',
    ],
    ...[
      "table ( system.query ( query => 'select 1' ) )",
      'table ( exclude_columns ( input => table ( secret ) , columns => descriptor ( v ) ) )',
    ],
    ...[
      'secret for version as of 1',
      "secret for timestamp as of timestamp '2026-01-01 00:00:00'",
      '"orders$history"',
      'table ( secret )',
    ],
    ...[
      'secret match_recognize ( pattern ( a ) define a as true )',
      'table ( sequence ( start => 1 , stop => 2 ) )',
      'unnest ( ( select array_agg ( v ) from secret ) )',
    ],
    ...[
      "json_table ( 'x' , 'lax $' columns ( v varchar path '$' ) )",
      'secret tablesample bernoulli ( 10 )',
      'tpch.tiny.nation',
    ],
  ],
};

/** Sources out of scope for a dialect, blanks between their tokens. */
export const hostileSources = (dialect: DialectName, planted: Planted): readonly string[] => [
  ...everywhere(planted),
  ...own[dialect](planted),
];
