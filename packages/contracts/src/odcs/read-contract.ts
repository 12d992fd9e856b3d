import { type Fault, faulty, type Path, type SourceDocument } from '../source/source-document.js';
import { isMapping } from '../source/values.js';
import { type Contract, contractSchema } from './contract-schema.js';

/** The version of the standard that this package knows; later ones of the same major are read by their structure. */
const known = { major: 3, minor: 1 } as const;

/** Whether the file says that it is a data contract, in whatever version. */
export const isContract = ({ value }: SourceDocument): boolean =>
  isMapping(value) && (value.kind === 'DataContract' || typeof value.dataContractSpecification === 'string');

export interface ReadContract {
  readonly contract: Contract;
  readonly notes: readonly string[];
}

/**
 * Reads an ODCS contract of 3.0, 3.1 or a later 3.x.
 * @throws RuleFileError `unsupported` for another major version, `invalid` for what is no contract; both with places
 */
export const readContract = (document: SourceDocument): ReadContract => {
  const notes = checkVersion(document, versionOf(document));
  const parsed = contractSchema.safeParse(document.value);
  if (parsed.success) return { contract: parsed.data, notes };
  throw faulty(
    document,
    parsed.error.issues.map(({ path, message }) => faultAt(path.map(String), path as Path, message)),
  );
};

const faultAt = (words: readonly string[], path: Path, message: string): Fault => ({
  path,
  message: `${words.length === 0 ? 'the contract' : dotted(words)} ${message}`,
});

/** `schema.0.name` as `schema[0].name`. */
const dotted = (words: readonly string[]): string => words.join('.').replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');

interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

const versionOf = (document: SourceDocument): Version => {
  const { value } = document;
  if (!isMapping(value) || value.kind !== 'DataContract') throw faulty(document, [notContract(value)]);
  const text = typeof value.apiVersion === 'number' ? String(value.apiVersion) : value.apiVersion;
  const [, major, minor = '0'] = typeof text === 'string' ? (/^v?(\d+)(?:\.(\d+))?(?:\.|$)/.exec(text) ?? []) : [];
  if (typeof text === 'string' && major !== undefined) return { text, major: Number(major), minor: Number(minor) };
  const message = text === undefined ? 'the contract has no apiVersion' : 'apiVersion must be a version such as v3.1.0';
  throw faulty(document, [{ path: ['apiVersion'], message, hint: 'Write `apiVersion: v3.1.0`.' }]);
};

const notContract = (value: unknown): Fault =>
  isMapping(value) && typeof value.dataContractSpecification === 'string'
    ? {
        path: ['dataContractSpecification'],
        message: 'the file is a Data Contract Specification, not a data contract of ODCS',
        hint: 'Its own tool turns it into one: datacontract export --format odcs.',
      }
    : {
        path: [],
        message: 'the file is no data contract: it has no `kind: DataContract`',
        hint: 'See https://bitol-io.github.io/open-data-contract-standard for what a contract looks like.',
      };

const checkVersion = (document: SourceDocument, { text, major, minor }: Version): readonly string[] => {
  if (major !== known.major) throw faulty(document, [otherMajor(text, major)], 'unsupported');
  if (minor <= known.minor) return [];
  return [`The contract is of ODCS ${text}, later than any known here (v3.1); it was read by its structure.`];
};

const otherMajor = (text: string, major: number): Fault => ({
  path: ['apiVersion'],
  message: `the contract is of ODCS ${text}; this version of Aegis reads v3`,
  hint: major > known.major ? 'Update @aegis/contracts, or write the contract in v3.' : 'Bring the contract to v3.1.0.',
});
