import { compileRules, createRegistry, RuleFileError, type RuleType, ruleTypes } from '@aegis/rules';
import type { NotConverted } from '@aegis/rules/conversion';
import type { Dialect, Rule, SourceLocation } from '@aegis/spec';
import { type Import, importChecks } from '../import/import-checks.js';
import { schemaTypes } from './schema-types.js';

export interface CheckRequest {
  readonly from?: string | undefined;
  readonly server?: string | undefined;
  /** The table that the checks are about, where their format does not name it. */
  readonly table?: string | undefined;
  /** The SQL of the warehouse that is checked. */
  readonly dialect: Dialect;
  /** Whether columns that the contract does not know fail it. */
  readonly isStrict?: boolean | undefined;
  /** Folder that paths of data files start from. */
  readonly baseDirectory?: string | undefined;
}

/** A contract as rules that are ready to run, each placed where the contract says it. */
export interface ContractChecks extends Pick<Import, 'format' | 'notes'> {
  readonly rules: readonly Rule[];
  /** Types that the rules are of besides the built-in ones. */
  readonly types: readonly RuleType[];
  readonly notConverted: readonly NotConverted[];
}

/**
 * Everything in a file of checks that data can be held against; of a contract, the schema too.
 * @throws RuleFileError with places in the file, ConfigError `invalid` or `usage`
 */
export const checkContract = (text: string, file: string, request: CheckRequest): ContractChecks => {
  const { from, server, table, dialect, isStrict, baseDirectory } = request;
  const schema = isStrict ? 'exact' : 'open';
  const { rules, ...imported } = importChecks(text, file, { from, server, table, dialect, schema });
  const locations = new Map(rules.map(({ id, location }) => [id, location]));
  const documents = rules.map(({ document }) => document);
  return {
    rules: compiled(documents, { file, baseDirectory }, locations),
    types: schemaTypes,
    notConverted: imported.notConverted,
    notes: imported.notes,
    format: imported.format,
  };
};

type Locations = ReadonlyMap<string, SourceLocation>;

/** What is wrong with a rule is placed where the contract says it, too. */
const compiled = (
  documents: readonly object[],
  options: Pick<CheckRequest, 'baseDirectory'> & { readonly file: string },
  locations: Locations,
): readonly Rule[] => {
  try {
    const { rules } = compileRules(documents, { types: createRegistry([...ruleTypes, ...schemaTypes]), ...options });
    return rules.map((rule) => ({ ...rule, location: locations.get(rule.id) }));
  } catch (error) {
    if (!(error instanceof RuleFileError)) throw error;
    throw new RuleFileError(
      error.problems.map((problem) => ({
        ...problem,
        location: problem.location ?? locations.get(problem.rule ?? ''),
      })),
    );
  }
};
