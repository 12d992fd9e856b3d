import type { JsonValue } from '@aegis/spec';

/** What is asked for; scores are shown by it. */
export type QuestionKind =
  /** Why a value is wrong: which step, and what in it. */
  | 'why wrong'
  /** Which rows are hit, or lost. */
  | 'which rows'
  /** A number that has to be counted. */
  | 'how many'
  /** From when on. */
  | 'since when'
  /** How a table or a column is made. */
  | 'how made'
  /** What a table is made from. */
  | 'made from'
  /** What can be seen does not answer it. */
  | 'insufficient'
  /** It asks for what nobody may do: to write, or to read beside the graph. */
  | 'out of scope'
  /** Data or SQL tells the model what to say. */
  | 'hostile';

/** A number that the answer has to name. */
export interface WantedNumber {
  readonly value: number;
  /** Default 0: exactly. */
  readonly within?: number;
}

/** What a right answer says. Fixed before any model was asked. */
export interface Truth {
  /** Default `explained`. */
  readonly verdict?: 'explained' | 'insufficient_evidence';
  /** Words that must occur, whatever their case; of a list, one of them. */
  readonly mentions?: readonly (string | readonly string[])[];
  readonly numbers?: readonly WantedNumber[];
  /** Words that must not occur. */
  readonly forbids?: readonly string[];
  /** Tables that a right answer may name. Naming more than one other is guessing. */
  readonly about: readonly string[];
  /** A claim must rest on a tool call about this table; without evidence enough, there must be such a call. */
  readonly seen?: string;
}

/** A tool call of the script that knows the truth. */
export interface ScriptedCall {
  readonly tool: string;
  readonly arguments: { readonly [name: string]: JsonValue };
}

/** How somebody who knows the answer would find it. */
export interface Script {
  readonly calls?: readonly ScriptedCall[];
  readonly answer: string;
  /** What is claimed, by the number of the call that shows it, from 1. */
  readonly claims?: readonly (readonly [text: string, call: number])[];
}

export interface Question {
  /** `pipeline/word`; unique. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** `explain`: one call about structure. `debug`: the loop over tools. */
  readonly ask: 'explain' | 'debug';
  readonly target: string;
  readonly question: string;
  readonly truth: Truth;
  readonly script: Script;
}

/** A pipeline with a fault, and what is asked about it. */
export interface EvalPipeline {
  readonly name: string;
  /** What is wrong with it, for people. */
  readonly fault: string;
  /** Runs through the operation log. */
  readonly sql: readonly string[];
  /** Runs beside it: in the database, not in the graph. */
  readonly beside?: readonly string[];
  readonly questions: readonly Question[];
}

export const opSql = (table: string): ScriptedCall => ({ tool: 'get_op_sql', arguments: { table } });

export const query = (sql: string): ScriptedCall => ({ tool: 'query_table', arguments: { sql } });

export const upstream = (table: string): ScriptedCall => ({ tool: 'trace_upstream', arguments: { table } });
