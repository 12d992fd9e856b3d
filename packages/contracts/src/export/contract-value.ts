import { formatTableName } from '@aegis/rules';
import type { Rule, TableDescription, TableName } from '@aegis/spec';
import { logicalTypeOf } from '../odcs/column-types.js';
import { columnOf, libraryForm } from './library-forms.js';
import { partsOf } from './rule-parts.js';

type Values = { readonly [key: string]: unknown };

/** A table with its rules, and as its warehouse describes it where one was asked. */
export interface ExportedTable {
  /** As the contract names it. */
  readonly name: string;
  readonly physicalName: string;
  readonly rules: readonly Rule[];
  readonly description?: TableDescription | undefined;
}

/** Whether a rule is to be written as it is, because the standard's words would change it. */
export type IsVerbatim = (rule: Rule) => boolean;

/** One object of the contract. */
export const objectOf = (
  { name, physicalName, rules, description }: ExportedTable,
  others: readonly ExportedTable[],
  isVerbatim: IsVerbatim,
): Values => {
  const placed = rules.map((rule) => place(rule, others, isVerbatim(rule)));
  const referred = referredColumns(physicalName, others, isVerbatim);
  const properties = propertiesOf(placed, referred, description);
  const [quality, relationships] = [ofKind(placed, undefined, 'quality'), ofKind(placed, undefined, 'relationship')];
  return {
    name,
    ...(physicalName !== name && { physicalName }),
    ...(description && { physicalType: description.kind }),
    ...(relationships.length > 0 && { relationships: named(relationships, name) }),
    ...(properties.length > 0 && { properties }),
    ...(quality.length > 0 && { quality }),
  };
};

interface Placed {
  readonly kind: 'quality' | 'relationship';
  /** Absent for the table as a whole. */
  readonly column: string | undefined;
  /** Columns that the contract must have for it. */
  readonly needs: readonly string[];
  readonly value: Values;
}

const place = (rule: Rule, others: readonly ExportedTable[], isVerbatim: boolean): Placed => {
  if (!isVerbatim) {
    const relationship = relationshipOf(rule, others);
    if (relationship) return relationship;
    const form = libraryForm(rule);
    if (form) return { kind: 'quality', column: form.column, needs: columnsOf(rule), value: checkOf(rule, form.check) };
  }
  const column = columnOf(rule);
  return { kind: 'quality', column, needs: column === undefined ? [] : [column], value: checkOf(rule, verbatim(rule)) };
};

/** Whether the standard has words for the rule. */
export const isSaidInWords = (rule: Rule, tables: readonly ExportedTable[]): boolean =>
  (relationshipOf(rule, tables) ?? libraryForm(rule)) !== undefined;

const columnsOf = ({ params: { columns } }: Rule): readonly string[] =>
  Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : [];

const verbatim = (rule: Rule): Values => {
  const { logic, scope, blocks } = partsOf(rule);
  const implementation = { logic, ...(Object.keys(scope).length > 0 && { scope }), ...blocks };
  return { type: 'custom', engine: 'aegis', implementation };
};

const dimensions = new Set([
  'accuracy',
  'completeness',
  'conformity',
  'consistency',
  'coverage',
  'timeliness',
  'uniqueness',
]);

const checkOf = (rule: Rule, check: Values): Values => {
  const [first = '', ...others] = rule.tags;
  const tags = dimensions.has(first) ? others : rule.tags;
  return {
    ...(isStableId(rule.id) ? { id: rule.id } : { name: rule.id }),
    ...(rule.description !== undefined && { description: rule.description }),
    ...check,
    ...(dimensions.has(first) && { dimension: first }),
    severity: rule.severity,
    ...(tags.length > 0 && { tags }),
    customProperties: [{ property: 'aegisRule', value: partsOf(rule).metadata }],
  };
};

const isStableId = (id: string): boolean => /^[A-Za-z0-9_-]+$/.test(id);

const isName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** A foreign key between two tables of the contract, in names that references can hold. */
const relationshipOf = (rule: Rule, others: readonly ExportedTable[]): Placed | undefined => {
  if (rule.type !== 'foreign_key') return undefined;
  const { columns, reference_table: table, reference_columns: parents } = rule.params;
  const parent = others.find(({ physicalName }) => physicalName === table);
  const [from, to] = [columns, parents].map((list) => (Array.isArray(list) ? list.map(String) : []));
  if (parent === undefined || from === undefined || to === undefined) return undefined;
  if (![parent.name, ...from, ...to].every(isName)) return undefined;
  const targets = to.map((column) => `${parent.name}.${column}`);
  const { severity, description, tags } = rule;
  const own = { ...partsOf(rule).metadata, severity, ...(description !== undefined && { description }), tags };
  const [only] = from.length === 1 ? from : [];
  return {
    kind: 'relationship',
    column: only,
    needs: from,
    value: {
      type: 'foreignKey',
      ...(only === undefined && { from }),
      to: only === undefined ? targets : targets[0],
      customProperties: [{ property: 'aegisRule', value: own }],
    },
  };
};

const ofKind = (placed: readonly Placed[], column: string | undefined, kind: Placed['kind']): readonly Values[] =>
  placed.filter((each) => each.column === column && each.kind === kind).map(({ value }) => value);

/** At an object, where a relationship starts is said with the object's name. */
const named = (relationships: readonly Values[], object: string): readonly Values[] =>
  relationships.map(({ from, ...rest }) => ({
    ...rest,
    from: Array.isArray(from) ? from.map((column) => `${object}.${String(column)}`) : from,
  }));

/** Columns that relationships of other tables lead to. */
const referredColumns = (
  physicalName: string,
  tables: readonly ExportedTable[],
  isVerbatim: IsVerbatim,
): readonly string[] =>
  tables
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.params.reference_table === physicalName && !isVerbatim(rule))
    .filter((rule) => relationshipOf(rule, tables) !== undefined)
    .flatMap(({ params: { reference_columns: columns } }) => (Array.isArray(columns) ? columns.map(String) : []));

const propertiesOf = (
  placed: readonly Placed[],
  referred: readonly string[],
  description: TableDescription | undefined,
): readonly Values[] => {
  const described = description?.columns ?? [];
  const known = new Map(described.map((column) => [column.name.toLowerCase(), column.name]));
  const needed = placed.flatMap(({ needs, column }) => [...needs, ...(column === undefined ? [] : [column])]);
  const more = [...new Set([...needed, ...referred])].filter((name) => !known.has(name.toLowerCase()));
  const at = (name: string) => placed.filter(({ column }) => column?.toLowerCase() === name.toLowerCase());
  return [
    ...described.map((column) => ({ ...typeOf(column), ...checksAt(at(column.name)) })),
    ...more.map((name) => ({ name, ...checksAt(at(name)) })),
  ];
};

const typeOf = ({ name, type, nullable }: TableDescription['columns'][number]): Values => {
  const logicalType = logicalTypeOf(type.kind);
  return {
    name,
    ...(logicalType !== undefined && { logicalType }),
    physicalType: type.native,
    ...(nullable === false && { required: true }),
  };
};

const checksAt = (placed: readonly Placed[]): Values => {
  const [relationships, quality] = [
    placed.filter(({ kind }) => kind === 'relationship'),
    placed.filter(({ kind }) => kind === 'quality'),
  ];
  return {
    ...(relationships.length > 0 && { relationships: relationships.map(({ value }) => value) }),
    ...(quality.length > 0 && { quality: quality.map(({ value }) => value) }),
  };
};

/** How a table is called in the contract, where two of the same last name stay apart. */
export const objectNames = (tables: readonly TableName[]): readonly string[] => {
  const seen = new Map<string, number>();
  return tables.map((table) => {
    const name = shortName(table);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name}_${number}`;
  });
};

const shortName = (table: TableName): string => {
  const last = table.kind === 'file' ? fileName(table.path) : (table.parts.at(-1) ?? '');
  const plain = last.replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
  return plain === '' ? formatTableName(table) : plain;
};

const fileName = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(/\..*$/, '');
