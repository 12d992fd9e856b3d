import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import type { Planted } from './planted.js';

type Written = (planted: Planted) => readonly string[];

/** What stands for a value and reads something out of scope, in every dialect. */
const everywhere: Written = () => [
  ...[
    '( select max ( v ) from secret )',
    '( select v from vault.keys limit 1 )',
    '( table secret )',
    '( from secret )',
  ],
  ...[
    'exists ( select 1 from secret )',
    'exists ( table secret )',
    "'x' in ( select v from secret )",
    "'x' in ( table secret )",
  ],
  ...[
    "'x' = any ( select v from secret )",
    "'x' = all ( table secret )",
    '( ( ( select min ( v ) from secret ) ) )',
    'secret.v',
  ],
  ...[
    '( select o . id from orders o , secret )',
    '( select 1 from orders where exists ( select 1 from secret ) )',
    '{table}',
  ],
  ...[
    'case when exists ( select 1 from secret ) then 1 end',
    'coalesce ( ( select v from secret ) , 1 )',
    'current_user',
    '?',
  ],
  ...[
    '( with s as ( select v from secret ) select v from s )',
    '( select 1 union all select count ( * ) from secret )',
    '$1',
    ':x',
  ],
  ...[
    '( select max ( s . v ) over ( ) from secret s )',
    '( delete from ledger returning 1 )',
    'array ( select v from secret )',
  ],
  ...[
    "current_setting ( 'x' )",
    'version ( )',
    'pg_sleep ( 0 )',
    'sleep ( 0 )',
    'random ( )',
    'uuid ( )',
    'session_user',
    '@@x',
    '@x',
  ],
  ...[
    "cast ( 'secret' as regclass )",
    "nextval ( 'numbers' )",
    'next value for numbers',
    "dblink ( 'x' , 'y' )",
    '* ',
    's . *',
  ],
  ...[
    '( select v from secret ) :: text',
    'lag ( ( select v from secret ) ) over ( )',
    'count ( * ) filter ( where exists ( table secret ) )',
  ],
];

const own: Readonly<Record<DialectName, Written>> = {
  duckdb: ({ file }) => [
    ...[
      "getenv ( 'HOME' )",
      "getvariable ( 'x' )",
      `( select content from read_text ( '${file}' ) )`,
      `( from '${file}' )`,
    ],
    ...[
      'columns ( * )',
      "columns ( 'v' )",
      "'x' . getenv ( )",
      'array ( from secret )',
      '[ x for x in ( select v from secret ) ]',
    ],
    ...[
      "current_setting ( 'home_directory' )",
      '( select unnest ( list ( v ) ) from secret )',
      "'secret' :: regclass",
      "write_log ( 'x' )",
    ],
    ...[
      '( pivot secret on v )',
      'secret',
      '( select secret from secret )',
      'list_transform ( [ 1 ] , x -> ( select v from secret ) )',
    ],
    ...[
      "{ 'a' : ( select v from secret ) }",
      'map { 1 : ( select v from secret ) }',
      'struct_pack ( a := ( select v from secret ) )',
    ],
    ...[
      '( select v from secret using sample 1 )',
      "nextval ( 'numbers' )",
      "error ( 'x' )",
      'in_search_path ( 1 , 2 )',
      '#1',
    ],
  ],
  postgres: ({ file }) => [
    ...[
      `pg_read_file ( '${file}' )`,
      `pg_read_binary_file ( '${file}' )`,
      "query_to_xml ( 'select * from secret' , true , true , '' )",
    ],
    ...[
      "pg_ls_dir ( '/' )",
      "lo_import ( '/etc/hosts' )",
      'lo_get ( 1 )',
      "set_config ( 'a.b' , 'c' , false )",
      "currval ( 'numbers' )",
    ],
    ...[
      "regclass 'secret'",
      "'secret' :: regclass :: text",
      'array ( table secret )',
      'row ( ( select v from secret ) )',
      "U&'\\0041'",
    ],
    ...[
      "pg_notify ( 'a' , 'b' )",
      'pg_advisory_lock ( 1 )',
      "setval ( 'numbers' , 9 )",
      "pg_logical_emit_message ( false , 'a' , 'b' )",
    ],
    ...[
      "xmlparse ( content 'x' )",
      'txid_current ( )',
      "to_regclass ( 'secret' )",
      "has_table_privilege ( 'secret' , 'select' )",
      '$$x$$',
    ],
    ...[
      "pg_catalog . pg_read_file ( '/etc/hosts' )",
      '( o ) . pg_sleep',
      "E'\\' || ( select v from secret ) || '",
      'current_catalog',
    ],
    ...[
      'operator ( pg_catalog . + ) 1',
      '1 operator ( pg_catalog . = ) ( select 1 from secret )',
      'pg_current_xact_id ( )',
    ],
  ],
  bigquery: () => [
    ...[
      'session_user ( )',
      'generate_uuid ( )',
      '@@session_id',
      'ml.predict ( 1 )',
      "keys.new_keyset ( 'x' )",
      'array ( select v from secret )',
    ],
    ...[
      '( select as struct * from secret )',
      "net.http_get ( 'x' )",
      'safe.session_user ( )',
      'd.fn ( 1 )',
      'struct ( ( select v from secret ) as a )',
    ],
    ...[
      "'x' in unnest ( array ( select v from secret ) )",
      "'x' in unnest ( ( select array_agg ( v ) from secret ) )",
      "'''x",
      '"""x',
      "r'\\'",
    ],
  ],
  databricks: () => [
    ...[
      "secret ( 'a' , 'b' )",
      "java_method ( 'a' , 'b' )",
      "reflect ( 'a' , 'b' )",
      "ai_query ( 'm' , 'x' )",
      "http_request ( 'x' )",
    ],
    ...[
      'input_file_name ( )',
      'current_catalog ( )',
      "identifier ( 'secret' )",
      'transform ( array ( 1 ) , x -> ( select v from secret ) )',
    ],
    ...[
      'struct ( ( select v from secret ) as a )',
      "named_struct ( 'a' , ( select v from secret ) )",
      'is_account_group_member ( 1 )',
      "try_secret ( 'a' , 'b' )",
    ],
  ],
  athena: () => [
    ...[
      'current_catalog',
      'current_schema',
      "invoke ( 'x' )",
      'rand ( 10 )',
      '"system" . sleep ( 1 )',
      'current_groups ( )',
      "fail ( 'x' )",
    ],
    ...[
      'row ( ( select v from secret ) )',
      'transform ( array [ 1 ] , x -> ( select v from secret ) )',
      'array [ ( select v from secret ) ]',
    ],
    ...[
      "json_query ( ( select v from secret ) , 'lax $' )",
      'try ( ( select v from secret ) )',
      'reduce ( array [ 1 ] , ( select v from secret ) , ( s , x ) -> s , s -> s )',
    ],
  ],
};

/** Values out of reach for a dialect, blanks between their tokens. */
export const hostileValues = (dialect: DialectName, planted: Planted): readonly string[] => [
  ...everywhere(planted),
  ...own[dialect](planted),
];
