import { ConfigError } from '@aegis/spec';
import { dialectOfType } from '../odcs/servers.js';
import { readSource } from '../source/read-source.js';
import type { SourceDocument } from '../source/source-document.js';
import type { ImportedChecks, Importer, ImportOptions } from './importer.js';
import { importers } from './importers.js';

/** The formats that checks can be in, as `--from` names them. */
export const importFormats: readonly string[] = importers.map(({ name }) => name);

export interface ImportRequest extends ImportOptions {
  /** Default: the format whose structure the file has. */
  readonly from?: string | undefined;
  /** Type of the warehouse that the rules run in, e.g. `bigquery`: its SQL is written where no dialect is given. */
  readonly warehouse?: string | undefined;
}

/** What was read, and in which format. */
export interface Import extends ImportedChecks {
  readonly format: string;
}

/**
 * Rules from a file of another tool's checks. The same file gives the same rules on every machine.
 * @throws RuleFileError with places in the file, ConfigError `invalid` or `usage`
 */
export const importChecks = (
  text: string,
  file: string,
  { from, warehouse, ...options }: ImportRequest = {},
): Import => {
  const document = readSource(text, file);
  const importer = from === undefined ? recognised(document) : named(from);
  const dialect = options.dialect ?? (warehouse === undefined ? undefined : dialectOfType(warehouse));
  return { ...importer.convert(document, { ...options, dialect }), format: importer.name };
};

const named = (name: string): Importer => {
  const importer = importers.find((each) => each.name === name);
  if (importer) return importer;
  throw new ConfigError('usage', `--from does not know "${name}"`, { hint: `It knows ${importFormats.join(', ')}.` });
};

const recognised = (document: SourceDocument): Importer => {
  const importer = importers.find((each) => each.recognise(document));
  if (importer) return importer;
  throw new ConfigError('invalid', `${document.file} is in no format known here`, {
    hint: `Known are: ${importers.map(({ title }) => title).join('; ')}. --from says which one is meant.`,
    location: document.locate([]),
  });
};
