import { convertExpectation } from '../../../great-expectations/convert-expectation.js';
import { suiteSchema } from '../../../great-expectations/suite.js';
import { isMapping } from '../../../source/values.js';
import { sqlWords } from '../../../words/sql-words.js';
import { type Context, cannot, type Meaning } from '../../promise.js';
import type { Subject } from '../../subject.js';
import { meaningsOf } from './drafted-meanings.js';

/** An expectation: its `type` and `kwargs`, of which `column` is the property where it says none. */
export const greatExpectationsCheck = (
  implementation: unknown,
  { table, column }: Subject,
  { dialect }: Context,
): readonly Meaning[] => {
  const written = isMapping(implementation) ? implementation : {};
  const expectation = { ...written, kwargs: kwargsOf(written, column) };
  const suite = suiteSchema.safeParse({ expectations: [expectation] });
  const [first] = suite.success ? suite.data.expectations : [];
  if (first === undefined || first.type === '') return [cannot('it is no expectation: it has no type')];
  return meaningsOf(convertExpectation(first, { suite: 'contract', number: 1, table, words: sqlWords(dialect) }));
};

/** The examples of the standard write `minValue` for `min_value`. */
const kwargsOf = (
  { type, expectation_type: older, kwargs }: { readonly [key: string]: unknown },
  column: string | undefined,
): { readonly [key: string]: unknown } => {
  const given = Object.entries(isMapping(kwargs) ? kwargs : {}).map(([key, value]) => [snakeCase(key), value] as const);
  const isOfColumn = /^expect_column_(?!pair_)/i.test(String(type ?? older));
  return { ...(isOfColumn && column !== undefined && { column }), ...Object.fromEntries(given) };
};

/** `column_A` is a name of its own. */
const snakeCase = (key: string): string =>
  key.replaceAll(
    /([a-z])([A-Z])(?=[a-z])/g,
    (_whole, before: string, letter: string) => `${before}_${letter.toLowerCase()}`,
  );
