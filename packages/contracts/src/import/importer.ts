import type { Conversion, ConvertedRule } from '@aegis/rules/conversion';
import type { Dialect, SourceLocation } from '@aegis/spec';
import type { SourceDocument } from '../source/source-document.js';

/** A check of a file that became a rule. */
export interface ImportedRule extends ConvertedRule {
  /** Where the check was written. */
  readonly location: SourceLocation;
}

/** Every check of a file is among `rules` or `notConverted`, and in one of them only. */
export type ImportedChecks = Conversion<ImportedRule>;

export interface ImportOptions {
  /** The SQL that queries are written in and names are quoted for. Default: that of the file's server, else of DuckDB. */
  readonly dialect?: Dialect | undefined;
  /** The table that the checks are about, where their format does not name it. */
  readonly table?: string | undefined;
  /** The server of a contract whose schema or files the tables lie in. Default: tables are named as the contract names them. */
  readonly server?: string | undefined;
  /**
   * How the schema of a contract is said: `columns` as rules that columns exist, the others in rule types of
   * {@link checkContract} as all columns with their types, where further ones are warned of (`open`) or fail (`exact`).
   */
  readonly schema?: 'columns' | 'open' | 'exact' | undefined;
  /** Path of a data file as the rules are to write it, from the path that the file of checks has. Default: the same. */
  readonly rebase?: ((path: string) => string) | undefined;
}

/** How checks of one format become rules. */
export interface Importer {
  /** As `--from` names it. */
  readonly name: string;
  /** What messages call a file of the format, e.g. `data contract (ODCS)`. */
  readonly title: string;
  /** Whether the file has the structure of the format, sound or not. */
  recognise(document: SourceDocument): boolean;
  /** @throws RuleFileError with the place of everything that is not as the format wants it */
  convert(document: SourceDocument, options: ImportOptions): ImportedChecks;
}
