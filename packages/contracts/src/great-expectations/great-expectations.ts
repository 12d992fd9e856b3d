import { type Drafted, toConversion } from '@aegis/rules/conversion';
import { ConfigError } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import type { z } from 'zod';
import type { ImportedChecks, Importer, ImportOptions } from '../import/importer.js';
import { type Fault, faulty, type SourceDocument } from '../source/source-document.js';
import { isMapping } from '../source/values.js';
import { sqlWords } from '../words/sql-words.js';
import { convertExpectation } from './convert-expectation.js';
import { otherFile, type Suite, suiteSchema } from './suite.js';

/** Suites of Great Expectations 0.x and 1.x, in JSON or YAML. */
export const greatExpectations: Importer = {
  name: 'great-expectations',
  title: 'suite of Great Expectations',
  recognise: ({ value }) => isMapping(value) && (isSuite(value) || otherFile(value) !== undefined),
  convert: (document, options) => {
    const suite = readSuite(document);
    return converted(suite, document, tableOf(document, options), options);
  },
};

const isSuite = (value: { readonly [key: string]: unknown }): boolean =>
  'expectations' in value && ('name' in value || 'expectation_suite_name' in value || 'meta' in value);

const readSuite = (document: SourceDocument): Suite => {
  const other = isMapping(document.value) ? otherFile(document.value) : undefined;
  if (other !== undefined) throw notSuite(document, other);
  const parsed = suiteSchema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  throw faulty(document, parsed.error.issues.map(faultOf));
};

const faultOf = ({ path, message }: z.core.$ZodIssue): Fault => {
  const keys = path.map((key) => (typeof key === 'number' ? key : String(key)));
  return { path: keys, message: `${keys.join('.')}: ${message}` };
};

const notSuite = (document: SourceDocument, other: string): ConfigError =>
  new ConfigError('invalid', `${document.file} is ${other} of Great Expectations, not a suite`, {
    hint: 'Name a file of the folder `expectations`.',
    location: document.locate([]),
  });

const tableOf = ({ file }: SourceDocument, { table }: ImportOptions): string => {
  if (table !== undefined) return table;
  throw new ConfigError('usage', `${file} does not say which table it is about`, {
    hint: 'Name it: --table orders.',
  });
};

const converted = (
  suite: Suite,
  document: SourceDocument,
  table: string,
  { dialect = duckdbDialect }: ImportOptions,
): ImportedChecks => {
  const words = sqlWords(dialect);
  const places = new Map<string, number>();
  const drafted = suite.expectations.flatMap((expectation, index): readonly Drafted[] => {
    const drafts = convertExpectation(expectation, { suite: suite.name, number: index + 1, table, words });
    for (const { source } of drafts) places.set(source, index);
    return drafts;
  });
  return toConversion(drafted, [], ({ source }) => ({
    location: document.locate(['expectations', places.get(source) ?? 0]),
  }));
};
