import { type JsonSchema, paramsSchema, schemaAt } from '../type/params-schema.js';
import type { RuleType } from '../type/rule-type.js';
import { documentJsonSchema } from './document-schema.js';
import type { IssueContext } from './issue-problems.js';
import { type WrittenParams, writableKeys } from './logic-params.js';
import { formatPath, type RuleDocument } from './rule-document.js';

/** Of a value that may have several forms, the keys of the one that is a mapping. */
const keysOf = (schema: JsonSchema | undefined): readonly string[] =>
  [schema, ...(schema?.anyOf ?? [])].flatMap((form) => Object.keys(form?.properties ?? {}));

/** Every key that all rules share, with the section that holds it; the first wins. */
const homes: ReadonlyMap<string, string> = new Map(
  ['diagnosis.lineage_hints', 'sla', 'remediation', 'diagnosis', 'logic', 'scope', 'metadata'].flatMap((section) =>
    keysOf(schemaAt(documentJsonSchema, section.split('.'))).map((key) => [key, section] as const),
  ),
);

/** For issues of the document as a whole. `type` is the rule's, where it is known. */
export const envelopeContext = (document: RuleDocument, type: RuleType | undefined): IssueContext => ({
  document,
  schema: documentJsonSchema,
  placeOf: (path) => (path.length === 0 ? '' : ` in ${formatPath(path)}`),
  toDocument: (path) => path,
  keysAt: (path) => keysOf(schemaAt(documentJsonSchema, path)),
  homeOf: (key) => homes.get(key) ?? (type && writableKeys(type).includes(key) ? 'logic' : undefined),
});

/** For issues of the params of a type. */
export const paramsContext = (document: RuleDocument, type: RuleType, written: WrittenParams): IssueContext => ({
  document,
  schema: paramsSchema(type),
  placeOf: () => ` in logic of ${type.name}`,
  toDocument: (path) => written.toDocument(path),
  keysAt: (path) => (path.length === 0 ? writableKeys(type) : keysOf(schemaAt(paramsSchema(type), path))),
  homeOf: (key) => homes.get(key),
});
