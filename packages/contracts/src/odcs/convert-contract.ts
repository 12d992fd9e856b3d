import { refused } from '@aegis/rules/conversion';
import type { ImportOptions } from '../import/importer.js';
import type { SourceDocument } from '../source/source-document.js';
import type { Contract } from './contract-schema.js';
import { type Context, type ContractDrafted, draftOf, type Promised } from './promise.js';
import { compositeKey, propertyChecks } from './property-checks.js';
import { qualityChecks } from './quality/convert-quality.js';
import { relationshipChecks } from './relationships.js';
import { dialectOf, serverNamed, tableOf } from './servers.js';
import { serviceLevels } from './service-levels.js';
import { innerSubjects, labelOf, propertySubjects, type Subject } from './subject.js';
import { ownerOf } from './team.js';
import { typeOptions } from './type-options/type-options.js';

/** Everything that a contract promises, as drafts of rules or with the reason why not. */
export interface ConvertedContract {
  readonly context: Context;
  readonly drafted: readonly ContractDrafted[];
}

/** Converts what is said of tables and columns; that the columns are there is for the caller to say. */
export const convertContract = (
  contract: Contract,
  document: SourceDocument,
  options: ImportOptions,
): ConvertedContract => {
  const context = contextOf(contract, document, options);
  const drafted = [
    ...context.objects.flatMap((object) => objectChecks(object, context)),
    ...serviceLevels(context).map(({ subject, promised }) => levelDraft(subject, promised, context)),
  ];
  return { context, drafted: distinct(drafted) };
};

const contextOf = (contract: Contract, document: SourceDocument, options: ImportOptions): Context => {
  const server = serverNamed(contract, options.server, document);
  const rebase = options.rebase ?? ((path: string): string => path);
  return {
    contract,
    dialect: options.dialect ?? dialectOf(server ? { ...contract, servers: [server] } : contract),
    owner: ownerOf(contract),
    objects: contract.schema.map((object, index) => ({
      object,
      table: tableOf(object, server, rebase),
      names: [object.name],
      path: ['schema', index],
    })),
  };
};

const objectChecks = (object: Subject, context: Context): readonly ContractDrafted[] => [
  ...drafts(
    object,
    [...compositeKey(object), ...relationshipChecks(object, context), ...qualityChecks(object, context)],
    context,
  ),
  ...propertySubjects(object).flatMap((property) => [
    ...drafts(property, ofProperty(property, context), context),
    ...innerSubjects(property).flatMap((inner) => unreached(inner, context)),
  ]),
];

const ofProperty = (property: Subject, context: Context): readonly Promised[] => [
  ...propertyChecks(property),
  ...typeOptions(property, context),
  ...relationshipChecks(property, context),
  ...qualityChecks(property, context),
];

const drafts = (subject: Subject, promises: readonly Promised[], context: Context): readonly ContractDrafted[] =>
  promises.map((promised) => draftOf(subject, promised, context));

/** Checks of values inside a value. */
const unreached = (inner: Subject, context: Context): readonly ContractDrafted[] =>
  ofProperty(inner, context).map(({ check, key }) =>
    refused({ source: `${labelOf(inner)}:${key}`, check }, 'it is about values inside a value: no rule reaches them'),
  );

const levelDraft = (subject: Subject | undefined, promised: Promised, context: Context): ContractDrafted => {
  if (subject) return draftOf(subject, promised, context);
  const { check, key, meaning } = promised;
  const reason = meaning.kind === 'reason' ? meaning.reason : 'it does not say about which element';
  return refused({ source: `slaProperties:${key}`, check }, reason);
};

/** Objects and properties of the same name are a mistake of the contract; their checks stay apart all the same. */
const distinct = (drafted: readonly ContractDrafted[]): readonly ContractDrafted[] => {
  const seen = new Map<string, number>();
  return drafted.map((each) => {
    const count = (seen.get(each.source) ?? 0) + 1;
    seen.set(each.source, count);
    return count === 1 ? each : { ...each, source: `${each.source}#${count}` };
  });
};
