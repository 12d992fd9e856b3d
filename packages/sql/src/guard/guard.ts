import { type Dialect, GuardError } from '@aegis/spec';
import { loadParser, type SqlParser } from '../parse/index.js';
import { type DialectRules, rulesOf } from './dialect-rules.js';
import { expressionFrame, type GuardedExpression, guardExpression } from './guard-expression.js';
import { type GuardedFix, guardFix } from './guard-fix.js';
import { type GuardedQuery, guardQuery, queryFrame } from './guard-query.js';
import { type GuardedRead, guardRead, type ReadScope } from './guard-read.js';
import type { Reading } from './skeleton/reading.js';
import { makeSkeleton } from './skeleton/skeleton.js';
import { refuseUnbalanced } from './text/brackets.js';
import { quoted, refusalsIn } from './text/refusal.js';
import { type RestoreValues, restoreValues } from './text/restore-values.js';
import { scan, type Token } from './text/scan.js';

/** What the guard needs of a dialect. */
export type SqlDialect = Pick<Dialect, 'name' | 'parserName'>;

/**
 * Decides whether SQL that a user or a model wrote may run, and gives back the text that runs: rendered from the tree
 * that was judged, comments gone, never the text that came in. What is not on a list is refused.
 *
 * It judges what the SQL can name. It cannot bound what it costs, and functions that the warehouse's owner defined
 * under a built-in's name are trusted; the connection has to be read-only as well.
 */
export interface SqlGuard {
  /**
   * One condition on the columns of one row, without sub-queries, aggregates and windows.
   * @throws GuardError with the place in the text where one is known
   */
  expression(sql: string, dialect: SqlDialect): GuardedExpression;
  /**
   * One SELECT, common table expressions and set operations included. `{table}` outside strings and comments becomes
   * `scopePlaceholder`.
   * @throws GuardError with the place in the text where one is known
   */
  query(sql: string, dialect: SqlDialect): GuardedQuery;
  /**
   * One SELECT of tables that `scope` names, each written with all parts of its name. What runs ends in a LIMIT.
   * @throws GuardError `out-of-scope` for any other table, with the place in the text where one is known
   */
  read(sql: string, dialect: SqlDialect, scope: ReadScope): GuardedRead;
  /**
   * One UPDATE, DELETE, INSERT … SELECT or MERGE with a condition, as a proposal of how to mend data: judged here, run nowhere.
   * `restore` puts values back inside string literals before it is judged.
   * @throws GuardError with the place in the text where one is known
   */
  fix(sql: string, dialect: SqlDialect, restore?: RestoreValues): GuardedFix;
}

/** Loads the parser on the first call: about 0.2 seconds and 100 MB. */
export const loadGuard = async (): Promise<SqlGuard> => createGuard(await loadParser());

/** Answers for texts seen before are kept, up to this many. */
const keptAnswers = 10_000;

const createGuard = (parser: SqlParser): SqlGuard => ({
  expression: remembered((sql, dialect) => guardExpression(read(sql, dialect, parser, expressionFrame, forExpression))),
  query: remembered((sql, dialect) => guardQuery(read(sql, dialect, parser, queryFrame, forQuery))),
  read: (sql, dialect, scope) => guardRead(read(sql, dialect, parser, queryFrame, forQuery), scope),
  fix: (sql, dialect, restore) => {
    const { lexicon } = knownRules(dialect);
    const whole = restore ? restoreValues(sql, lexicon, restore, refusalsIn(sql)) : sql;
    return guardFix(read(whole, dialect, parser, queryFrame, forFix));
  },
});

type Judge<Answer> = (sql: string, dialect: SqlDialect) => Answer;
type Prepare = (tokens: readonly Token[], refuse: Reading['refuse']) => readonly Token[];

const remembered = <Answer>(judge: Judge<Answer>): Judge<Answer> => {
  const answers = new Map<string, Answer>();
  return (sql, dialect) => {
    const key = `${dialect.parserName}\n${sql}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = judge(sql, dialect);
    if (answers.size >= keptAnswers) answers.clear();
    answers.set(key, answer);
    return answer;
  };
};

const read = (
  sql: string,
  dialect: SqlDialect,
  parser: SqlParser,
  frame: Reading['frame'],
  prepare: Prepare,
): Reading => {
  const rules = knownRules(dialect);
  const refuse = refusalsIn(sql);
  const tokens = prepare(scan(sql, rules.lexicon, refuse), refuse);
  refuseSecondStatement(tokens, refuse);
  refuseUnbalanced(tokens, refuse);
  const skeleton = makeSkeleton(tokens, { ...rules, refuse });
  return { sql, parser, parserName: dialect.parserName, rules, skeleton, frame, refuse };
};

const knownRules = ({ name, parserName }: SqlDialect): DialectRules => {
  const rules = rulesOf(parserName);
  if (rules) return rules;
  throw new GuardError('forbidden', `SQL in rules cannot be checked for ${name} (parser "${parserName}").`, {
    hint: 'Use rule types without SQL on this warehouse.',
  });
};

const refuseSecondStatement = (tokens: readonly Token[], refuse: Reading['refuse']): void => {
  const separator = tokens.find(({ text }) => text === ';');
  if (separator)
    throw refuse(
      'forbidden',
      'A rule holds one statement only, so `;` is refused.',
      'Delete it and what follows.',
      separator.start,
    );
};

const forExpression: Prepare = (tokens, refuse) => {
  const placeholder = tokens.find(({ kind }) => kind === 'table');
  if (placeholder) {
    throw refuse(
      'not-expression',
      '`{table}` stands for a table, which an expression cannot read.',
      'Write columns alone, or use a rule of type custom_sql.',
      placeholder.start,
    );
  }
  const [first] = tokens;
  if (!first) throw refuse('not-expression', 'The expression is empty.', 'Write one condition.');
  return tokens;
};

const forQuery: Prepare = (tokens, refuse) => {
  const kept = tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens;
  const [first] = kept;
  if (!first || !/^(?:select|with|\()$/i.test(first.text)) {
    throw refuse(
      'not-select',
      `A query starts with SELECT or WITH${first ? `, not with ${quoted(first.text)}` : ''}.`,
      'A rule only reads: write one SELECT.',
      first?.start,
    );
  }
  return kept;
};

const forFix: Prepare = (tokens, refuse) => {
  const kept = tokens.at(-1)?.text === ';' ? tokens.slice(0, -1) : tokens;
  const [first] = kept;
  if (first && /^(?:update|delete|insert|merge|with)$/i.test(first.text)) return kept;
  throw refuse(
    'forbidden',
    `A fix starts with UPDATE, DELETE, INSERT or MERGE${first ? `, not with ${quoted(first.text)}` : ''}.`,
    'Write one statement that changes rows.',
    first?.start,
  );
};
