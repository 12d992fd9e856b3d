import type { DialectRules } from '../dialect-rules.js';
import { scopePlaceholder } from '../scope-placeholder.js';
import { castTypeStarts, isWord } from '../text/brackets.js';
import { endOfType } from '../text/cast-type.js';
import { fromCommas } from '../text/from-commas.js';
import { quoted, type Refuse } from '../text/refusal.js';
import type { Token } from '../text/scan.js';
import { endOfTypedLiteral } from '../text/typed-literal.js';
import { words } from '../text/words.js';
import { isReserved, type Mark } from './marks.js';
import { recogniseCall } from './recognise-call.js';
import { recogniseOperator } from './recognise-operator.js';
import { recogniseScalarQuery } from './recognise-scalar-query.js';

export interface Context {
  readonly tokens: readonly Token[];
  readonly typeStarts: ReadonlySet<number>;
  readonly fromCommas: ReadonlySet<number>;
  readonly rules: DialectRules & { readonly refuse: Refuse };
}

/** What stands at an index: a mark, another text for the parser to see, or neither; and the index after it. */
export interface Recognised {
  readonly end: number;
  readonly mark?: Pick<Mark, 'kind' | 'name' | 'callable'>;
  readonly shown?: string;
}

type Recogniser = (context: Context, index: number) => Recognised | undefined;

const clockWords = words('current_date current_time current_timestamp current_datetime localtime localtimestamp');
const sessionWords = words(
  'current_user session_user system_user user current_role current_catalog current_schema current_path',
);

export const contextOf = (tokens: readonly Token[], rules: Context['rules']): Context => ({
  tokens,
  typeStarts: castTypeStarts(tokens),
  fromCommas: fromCommas(tokens),
  rules,
});

/** @throws GuardError for names that are reserved, session variables and clauses that rules may not use */
export const recognise: (context: Context, index: number) => Recognised = (context, index) => {
  for (const recogniser of recognisers) {
    const found = recogniser(context, index);
    if (found) return found;
  }
  return { end: index + 1 };
};

const typedLiteral: Recogniser = ({ tokens }, index) => {
  const end = endOfTypedLiteral(tokens, index);
  return end === undefined ? undefined : { end, mark: { kind: 'text', name: '' } };
};

const string: Recogniser = ({ tokens }, index) =>
  tokens[index]?.kind === 'string' ? { end: index + 1, mark: { kind: 'text', name: '' } } : undefined;

const tablePlaceholder: Recogniser = ({ tokens }, index) =>
  tokens[index]?.kind === 'table' ? { end: index + 1, shown: scopePlaceholder } : undefined;

const quotedName: Recogniser = ({ tokens, rules }, index) => {
  const token = tokens[index];
  if (token?.kind !== 'name') return undefined;
  const name = rules.lexicon.unquote(token.text);
  refuseReserved(name, token, rules.refuse);
  return { end: index + 1, mark: { kind: 'name', name } };
};

const castType: Recogniser = ({ tokens, typeStarts, rules }, index) => {
  if (!typeStarts.has(index)) return undefined;
  const end = endOfType(tokens, index);
  if (end !== undefined) return { end, mark: { kind: 'type', name: '' } };
  const { text, start } = tokens[index] ?? { text: '', start: 0 };
  throw rules.refuse(
    'forbidden',
    `Casts to ${quoted(text)} are not allowed.`,
    'Cast to a plain type such as a number, text or date.',
    start,
  );
};

/** `EXTRACT(DAYOFWEEK FROM …)`: the parts are each engine's own. */
const extractedPart: Recogniser = ({ tokens }, index) => {
  const { kind } = tokens[index] ?? {};
  const isFirst = isWord(tokens[index - 2], 'extract') && tokens[index - 1]?.text === '(';
  const isPart = isFirst && (kind === 'word' || kind === 'string') && isWord(tokens[index + 1], 'from');
  return isPart ? { end: index + 1, mark: { kind: 'part', name: '' } } : undefined;
};

const plainWord: Recogniser = ({ tokens, rules }, index) => {
  const token = tokens[index];
  if (token?.kind !== 'word') return undefined;
  refuseReserved(token.text, token, rules.refuse);
  const name = token.text.toLowerCase();
  if (tokens[index - 1]?.text === '.') return undefined;
  if (clockWords.has(name)) return { end: index + 1, mark: { kind: 'clock', name } };
  if (!sessionWords.has(name)) return undefined;
  throw rules.refuse(
    'forbidden',
    `${quoted(token.text)} reads the session, not the data.`,
    'If it is a column, quote it.',
    token.start,
  );
};

/** Some renderers write out `FROM a, b` as a join. */
const fromComma: Recogniser = (context, index) =>
  context.fromCommas.has(index) ? { end: index + 1, shown: 'CROSS JOIN' } : undefined;

/** Renderers leave out what they take for the default order of NULLs. */
const ordering: Recogniser = ({ tokens }, index) => {
  const word = tokens[index]?.text.toLowerCase();
  const nulls = word === 'asc' || word === 'desc' ? index + 1 : index;
  const isWritten = isWord(tokens[nulls], 'nulls') && /^(?:first|last)$/i.test(tokens[nulls + 1]?.text ?? '');
  return isWritten ? { end: nulls + 2, shown: word === 'desc' ? 'DESC' : 'ASC' } : undefined;
};

const recognisers: readonly Recogniser[] = [
  extractedPart,
  typedLiteral,
  string,
  tablePlaceholder,
  quotedName,
  castType,
  recogniseCall,
  recogniseScalarQuery,
  fromComma,
  ordering,
  recogniseOperator,
  plainWord,
];

const refuseReserved = (name: string, { start }: Token, refuse: Refuse): void => {
  if (isReserved(name)) {
    throw refuse(
      'forbidden',
      `The name ${quoted(name)} is reserved.`,
      'In a query, write {table} for the checked table.',
      start,
    );
  }
};
