/** As much of JSON Schema as the reference pages show. */
export interface ShownSchema {
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly anyOf?: readonly ShownSchema[];
  readonly items?: ShownSchema;
  readonly properties?: { readonly [name: string]: ShownSchema };
  readonly additionalProperties?: ShownSchema | boolean;
  readonly required?: readonly string[];
}

/** One value that a document may hold. */
export interface SchemaRow {
  /** Dotted; `[]` stands for each item of a list, `<name>` for a key that the author chooses. */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly meaning: string;
}

/** Every value below a schema, parents before children, in the order of the schema. */
export const schemaRows = (schema: ShownSchema, path = ''): readonly SchemaRow[] =>
  childrenOf(schema, path).flatMap((child) => [
    {
      path: child.path,
      type: typeOf(child.schema),
      isRequired: child.isRequired,
      meaning: child.schema.description ?? '',
    },
    ...schemaRows(child.schema, child.path),
  ]);

interface Child {
  readonly path: string;
  readonly schema: ShownSchema;
  readonly isRequired: boolean;
}

/** A value of several forms has the children of each. */
const childrenOf = (schema: ShownSchema, path: string): readonly Child[] =>
  optionsOf(withoutNull(schema))
    .filter((option) => !isNull(option))
    .flatMap((option) => childrenOfOne(option, path));

const childrenOfOne = (schema: ShownSchema, path: string): readonly Child[] => {
  const { properties, additionalProperties: others, required = [] } = withoutNull(schema);
  const named = Object.entries(properties ?? {}).map(([name, child]) => ({
    path: path ? `${path}.${name}` : name,
    schema: child,
    isRequired: required.includes(name),
  }));
  const chosen = typeof others === 'object' && others.properties ? childrenOf(others, `${path}.<name>`) : [];
  const item = itemOf(schema);
  return [...named, ...chosen, ...(item?.properties ? childrenOf(item, `${path}[]`) : [])];
};

const itemOf = (schema: ShownSchema): ShownSchema | undefined => withoutNull(schema).items;

/** The schemas that a value may fit, one for each type. */
const optionsOf = (schema: ShownSchema): readonly ShownSchema[] => {
  if (schema.anyOf) return schema.anyOf;
  return Array.isArray(schema.type) ? schema.type.map((type: string) => ({ ...schema, type })) : [schema];
};

const isNull = ({ type }: ShownSchema) => type === 'null';

/** The schema of the value where there is one. */
const withoutNull = (schema: ShownSchema): ShownSchema => {
  const [only, ...others] = optionsOf(schema).filter((option) => !isNull(option));
  return only && others.length === 0 ? only : schema;
};

const typeOf = (schema: ShownSchema): string => [...new Set(optionsOf(schema).map(wordOf))].join(' or ');

const wordOf = ({ type, enum: values, const: constant, format, items, properties }: ShownSchema): string => {
  if (constant !== undefined) return `\`${constant}\``;
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (format === 'date-time') return 'instant';
  if (type === 'array') return items?.properties || !items?.type ? 'list' : `list of ${plural(wordOf(items))}`;
  if (type === 'string') return 'text';
  return properties || type === 'object' ? 'object' : String(type ?? 'any');
};

const plural = (word: string): string => (word === 'text' ? 'texts' : `${word}s`);
