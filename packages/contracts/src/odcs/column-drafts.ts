import { expectedType } from './column-types.js';
import type { ConvertedContract } from './convert-contract.js';
import {
  type Context,
  type ContractDraft,
  type ContractDrafted,
  draftOf,
  means,
  type Promised,
  uncheckedDraft,
} from './promise.js';
import { propertySubjects, type Subject } from './subject.js';

/** That columns are there, for those that no other rule reads: a rule on a missing column is no pass. */
export const columnDrafts = ({ context, drafted }: ConvertedContract): readonly ContractDrafted[] => {
  const read = new Set(drafted.flatMap((each) => (each.kind === 'draft' ? columnsRead(each) : [])));
  return context.objects.flatMap((object) =>
    propertySubjects(object)
      .filter(({ table, column = '' }) => !read.has(columnKey(table, column)))
      .map((property) => draftOf(property, columnCheck(property), context)),
  );
};

const columnCheck = ({ column = '' }: Subject): Promised => ({
  check: 'column',
  key: 'column',
  at: [],
  meaning: means({ type: 'column_exists', column }),
});

const columnKey = (table: string, column: string): string => JSON.stringify([table, column.toLowerCase()]);

const columnsRead = ({ scope: { table }, logic, column = '' }: ContractDraft): readonly string[] => {
  const isInQuery = logic.type !== 'custom_sql' || String(logic.query).includes(column);
  const own = [logic.column, logic.column_b, logic.columns, isInQuery ? column : []].flat();
  const other = [logic.reference_column, logic.reference_columns].flat();
  return [
    ...own.map((name) => columnKey(table, String(name))),
    ...other.map((name) => columnKey(String(logic.reference_table), String(name))),
  ];
};

/** The whole schema: each column with its type, and that there are no others. Extra columns fail where `isStrict`. */
export const schemaDrafts = ({ context }: ConvertedContract, isStrict: boolean): readonly ContractDraft[] =>
  context.objects.flatMap((object) => {
    const properties = propertySubjects(object);
    if (properties.length === 0) return [];
    return [
      ...properties.map((property) => typedColumn(property, context)),
      extraColumns(object, properties, isStrict, context),
    ];
  });

const typedColumn = (subject: Subject, context: Context): ContractDraft => {
  const { property = { logicalType: undefined, physicalType: undefined }, column } = subject;
  const logic = { type: 'contract_column', column, ...renamed(expectedType(property, context.dialect)) };
  return uncheckedDraft(
    subject,
    { check: 'column', key: 'column', at: [], meaning: { kind: 'logic', logic } },
    context,
  );
};

/** `type` of a rule is the rule's own. */
const renamed = ({ type, ...rest }: ReturnType<typeof expectedType>) => ({
  ...rest,
  ...(type !== undefined && { expected_type: type }),
});

const extraColumns = (
  object: Subject,
  properties: readonly Subject[],
  isStrict: boolean,
  context: Context,
): ContractDraft => {
  const logic = {
    type: 'contract_extra_columns',
    known: properties.map(({ column = '' }) => column),
    allowed: !isStrict,
  };
  return uncheckedDraft(
    object,
    { check: 'extra columns', key: 'extra_columns', at: [], meaning: { kind: 'logic', logic } },
    context,
  );
};
