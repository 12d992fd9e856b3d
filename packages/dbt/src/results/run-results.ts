import { createHash } from 'node:crypto';
import type { Report, RuleResult } from '@aegis/spec';
import type { DbtConversion, DbtRule } from '../convert/conversion.js';
import type { Manifest } from '../manifest/read-manifest.js';

type Status = 'pass' | 'warn' | 'fail' | 'error' | 'skipped';

/** One entry of run_results.json. */
export interface DbtResult {
  readonly status: Status;
  readonly timing: readonly [];
  readonly thread_id: string;
  /** Seconds. */
  readonly execution_time: number;
  readonly adapter_response: Readonly<Record<string, never>>;
  readonly message: string | null;
  /** In the unit that dbt counts the test in; `null` where it could not be judged. */
  readonly failures: number | null;
  readonly unique_id: string;
  readonly compiled: boolean | null;
  readonly compiled_code: string | null;
  readonly relation_name: string | null;
  readonly batch_results: null;
}

/** dbt's run_results.json, version 6. */
export interface RunResults {
  readonly metadata: { readonly dbt_schema_version: string; readonly [key: string]: unknown };
  readonly results: readonly DbtResult[];
  readonly elapsed_time: number;
  readonly args: { readonly [name: string]: string };
}

/** What a report gives as results of dbt. */
export interface DbtResults {
  readonly runResults: RunResults;
  /** Ids of rules whose results are not among them: not made from a test of this manifest. */
  readonly leftOut: readonly string[];
}

/** The results of a run as dbt would have written them for the same tests, in the order of the report. */
export const toRunResults = (report: Report, conversion: DbtConversion, manifest: Manifest): DbtResults => {
  const rules = new Map(conversion.rules.filter(isTest).map((rule) => [rule.id, rule]));
  const tests = new Map(manifest.tests.map((test) => [test.unique_id, test]));
  const matched = report.results.flatMap((result) => {
    const rule = rules.get(result.rule_id);
    const test = rule && tests.get(rule.source);
    return rule && test ? [dbtResult(result, rule, test)] : [];
  });
  return {
    runResults: {
      metadata: metadataOf(report, manifest),
      results: matched,
      elapsed_time: report.duration_ms / 1000,
      args: { which: 'test', invocation_command: 'aegis run' },
    },
    leftOut: report.results.map(({ rule_id: id }) => id).filter((id) => !rules.has(id)),
  };
};

const isTest = ({ source }: DbtRule): boolean => source.startsWith('test.');

const metadataOf = (report: Report, { dbtVersion }: Manifest) => ({
  dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
  dbt_version: dbtVersion ?? '',
  generated_at: report.finished_at,
  invocation_id: uuidOf(report.run_id),
  env: {},
});

/** The same run has the same id. */
const uuidOf = (text: string): string => {
  const digits = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
};

type Test = Manifest['tests'][number];

const dbtResult = (result: RuleResult, rule: DbtRule, test: Test): DbtResult => {
  const status = statusOf(result);
  const failures = status === 'error' || status === 'skipped' ? null : failuresOf(status, result, rule);
  const code = test.compiled_code ?? test.compiled_sql;
  return {
    status,
    timing: [],
    thread_id: 'aegis',
    execution_time: result.duration_ms / 1000,
    adapter_response: {},
    message: messageOf(status, failures, result, test),
    failures,
    unique_id: test.unique_id,
    compiled: code === undefined ? null : true,
    compiled_code: code ?? null,
    relation_name: test.relation_name ?? null,
    batch_results: null,
  };
};

/** Over no rows at all dbt finds no failure. */
const statusOf = ({ outcome, rows_checked: rows }: RuleResult): Status => {
  if (outcome !== 'not_applicable') return outcome;
  return rows === 0 || rows === null ? 'pass' : 'skipped';
};

/** dbt writes 0 for a test that passed, whatever a threshold let through. */
const failuresOf = (status: Status, result: RuleResult, { unit, limit }: DbtRule): number | null => {
  const count = status === 'pass' ? 0 : counted(result, unit);
  return count === null || limit === undefined ? count : Math.min(count, limit);
};

const counted = (result: RuleResult, unit: DbtRule['unit']): number | null => {
  if (unit === 'rows') return result.rows_failed;
  if (unit === 'table') return 1;
  if (unit === 'calculated') return calculatedFailures(result);
  return result.failed_by?.[unit] ?? null;
};

/** The query of such a rule selects the number. */
const calculatedFailures = ({ sample: [first] }: RuleResult): number | null => {
  const failures = Number(first?.failures ?? Number.NaN);
  return Number.isInteger(failures) ? failures : null;
};

const messageOf = (status: Status, failures: number | null, { error }: RuleResult, { config }: Test): string | null => {
  if (status === 'error') return error?.message ?? null;
  if (status !== 'fail' && status !== 'warn') return null;
  const condition = status === 'fail' ? config.error_if : config.warn_if;
  return `Got ${failures ?? 'some'} result${failures === 1 ? '' : 's'}, configured to ${status} if ${condition ?? '!= 0'}`;
};
