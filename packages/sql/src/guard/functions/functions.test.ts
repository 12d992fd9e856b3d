import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { dialectNames, dialects } from '../__fixtures__/dialects.js';
import { refusalOf } from '../__fixtures__/refusal.js';
import { rulesOf } from '../dialect-rules.js';
import { loadGuard, type SqlGuard } from '../index.js';

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

/** Reading files, the network, settings, sessions or catalogues; running SQL from text; waiting; answering by chance. */
const never = `
  read_csv read_csv_auto read_parquet parquet_scan read_json read_json_auto read_text read_blob read_files read_duckdb glob
  sniff_csv query query_table seq_scan json_execute_serialized_sql json_serialize_plan pragma_table_info duckdb_settings
  duckdb_secrets which_secret getenv getvariable current_setting set_config setseed sleep_ms sleep pg_sleep pg_sleep_for
  write_log error raise_error fail assert_true nextval currval lastval setval txid_current version pg_backend_pid
  pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file lo_import lo_export lo_get lo_unlink dblink dblink_exec
  query_to_xml table_to_xml cursor_to_xml database_to_xml pg_terminate_backend pg_cancel_backend pg_advisory_lock
  pg_notify pg_logical_emit_message pg_reload_conf pg_get_viewdef to_regclass has_table_privilege inet_server_addr
  external_query remote_query session_user current_user user current_role current_catalog current_database current_schema
  current_schemas identifier secret ai_query http_request http_get java_method reflect input_file_name table_changes
  random rand randn uuid gen_random_uuid generate_uuid shuffle clock_timestamp timeofday
  columns xmltable json_table table stream cast_to_type finalize combine stats
`
  .trim()
  .split(/\s+/);

/** `OFFSET` is a function between brackets, and a clause elsewhere. */
const callOf = (name: string): string => (name === 'offset' ? `c[${name}(a)]` : `${name}(a, b)`);

describe.each(dialectNames)('the functions of %s', (dialect) => {
  const { kinds, tables } = rulesOf(dialects[dialect].parserName)?.functions ?? { kinds: new Map(), tables: new Set() };

  it('are a few hundred', () => {
    expect(kinds.size).toBeGreaterThan(200);
  });

  it('leave out whatever reaches beyond its arguments', () => {
    expect(never.filter((name) => kinds.has(name) || tables.has(name))).toEqual([]);
  });

  it('run as they were written, each of them', () => {
    const changed = [...kinds].filter(([name, kind]) => {
      if (kind === 'window') return false;
      const call = callOf(name);
      return guard.query(`select ${call} from {table}`, dialects[dialect]).sql !== `SELECT ${call} FROM aegis_scope`;
    });
    expect(changed).toEqual([]);
  });

  it('are refused in an expression unless they read one row', () => {
    const allowed = [...kinds].filter(([name]) => !refusalOf(guard, 'expression', `${callOf(name)} = b`, dialect));
    expect(new Set(allowed.map(([, kind]) => kind))).toEqual(new Set(['scalar', 'clock']));
    expect(allowed).toHaveLength([...kinds.values()].filter((kind) => kind === 'scalar' || kind === 'clock').length);
  });

  it('are refused in FROM unless they make rows', () => {
    const allowed = [...kinds.keys()].filter(
      (name) => !refusalOf(guard, 'query', `select * from ${name}(a) as t`, dialect),
    );
    expect(new Set(allowed)).toEqual(tables);
  });
});

describe('the functions of DuckDB', () => {
  it('hold none that DuckDB itself calls volatile', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const answer = await connection.runAndReadAll(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability = 'VOLATILE'",
    );
    connection.closeSync();
    instance.closeSync();
    const volatile = answer.getRows().map(([name]) => String(name));
    const { kinds } = rulesOf('duckdb')?.functions ?? { kinds: new Map() };
    expect(volatile.length).toBeGreaterThan(5);
    expect(volatile.filter((name) => kinds.has(name))).toEqual([]);
  });
});
