import { GuardError } from '@aegis/spec';
import type { SqlGuard } from '@aegis/sql/guard';
import { type DialectName, dialectNames, dialects } from '../../packages/sql/src/guard/__fixtures__/dialects.js';
import type { Worlds } from './engines/world.js';
import { findingsOn } from './findings.js';
import { legitimate, printed, scope } from './grammar/index.js';
import { hostile } from './hostile/mutate.js';
import type { Planted } from './hostile/planted.js';
import { randomOf } from './random.js';

/** What a part of a fuzzing run needs. */
export interface FuzzOptions {
  readonly guard: SqlGuard;
  readonly planted: Planted;
  /** The dialects whose engine is here. */
  readonly engines: Partial<Readonly<Record<DialectName, Worlds>>>;
  /** The first statement, and the number of statements. The statement of a number is always the same. */
  readonly from: number;
  readonly count: number;
}

/** What is wrong with one statement that passed. */
export interface Finding {
  readonly number: number;
  readonly dialect: DialectName;
  readonly what: string;
  readonly written: string;
  readonly runs: string;
}

export interface FuzzReport {
  readonly findings: readonly Finding[];
  readonly legitimate: number;
  readonly hostile: number;
  readonly passed: number;
  /** Of those that passed: how many an engine answered with rows. */
  readonly answered: number;
  /** Of those that passed: how many an engine refused as no SQL of its own. */
  readonly rejected: number;
  /** Of legitimate ones: refusals, with one of the texts for each reason. */
  readonly falseRefusals: readonly { readonly number: number; readonly reason: string; readonly sql: string }[];
}

/** Every third statement is legitimate; the dialects take turns. */
export const statementOf = (number: number, planted: Planted) => {
  const dialect = dialectNames[number % dialectNames.length] ?? 'duckdb';
  const random = randomOf(number);
  const isLegitimate = Math.floor(number / dialectNames.length) % 3 === 0;
  const sql = isLegitimate ? printed(legitimate(dialect, random), random) : hostile({ dialect, planted, random });
  return { dialect, isLegitimate, sql };
};

export const fuzz = async ({ guard, planted, engines, from, count }: FuzzOptions): Promise<FuzzReport> => {
  const findings: Finding[] = [];
  const falseRefusals: { number: number; reason: string; sql: string }[] = [];
  const counts = { legitimate: 0, hostile: 0, passed: 0, answered: 0, rejected: 0 };
  for (let number = from; number < from + count; number += 1) {
    const { dialect, isLegitimate, sql } = statementOf(number, planted);
    counts[isLegitimate ? 'legitimate' : 'hostile'] += 1;
    const answer = judged(guard, sql, dialect);
    if (answer instanceof Error) {
      if (!(answer instanceof GuardError))
        findings.push({ number, dialect, what: `threw ${answer}`, written: sql, runs: '' });
      else if (isLegitimate) falseRefusals.push({ number, reason: answer.message, sql });
      continue;
    }
    counts.passed += 1;
    const { what, isAnswered } = await findingsOn(answer, dialect, engines[dialect]);
    if (isAnswered !== undefined) counts[isAnswered ? 'answered' : 'rejected'] += 1;
    findings.push(...what.map((each) => ({ number, dialect, what: each, written: sql, runs: answer })));
  }
  return { findings, ...counts, falseRefusals };
};

const judged = (guard: SqlGuard, sql: string, dialect: DialectName): string | Error => {
  try {
    return guard.read(sql, dialects[dialect], scope).sql;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};
