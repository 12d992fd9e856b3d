import { z } from 'zod';

/** YAML says nothing with an empty value as well as with no key. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value): z.output<Schema> | undefined => value ?? undefined);

const list = <Schema extends z.ZodType>(item: Schema) =>
  z
    .array(item, { error: 'must be a list' })
    .nullish()
    .transform((items) => items ?? []);

const mapping = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject(shape, { error: 'must be a mapping' });

/** Versions and names are often written without quotes. */
const text = optional(
  z.union([z.string(), z.number(), z.boolean()], { error: 'must be text' }).transform((value) => String(value)),
);
const name = z.string({ error: 'must be text' }).min(1, 'must not be empty');
const flag = optional(z.boolean({ error: 'must be true or false' }));
const number = optional(z.number({ error: 'must be a number' }));
const tags = list(z.union([z.string(), z.number()], { error: 'must be text' }).transform((value) => String(value)));
const references = z.union([z.string(), z.array(z.string())], { error: 'must be text or a list of texts' });

const quality = list(mapping({ id: text, name: text, description: text, type: text, severity: text, tags }));
export type QualityCheck = z.output<typeof quality>[number];

const relationship = mapping({ from: optional(references), to: references, type: text });
export type Relationship = z.output<typeof relationship>;

const propertyFields = {
  id: text,
  name,
  physicalName: text,
  logicalType: text,
  physicalType: text,
  description: text,
  tags,
  required: flag,
  unique: flag,
  primaryKey: flag,
  primaryKeyPosition: number,
  logicalTypeOptions: optional(mapping({})),
  relationships: list(relationship),
  quality,
  customProperties: list(mapping({ property: text })),
};

export type ContractProperty = z.output<z.ZodObject<typeof propertyFields, z.core.$loose>> & {
  readonly properties?: readonly ContractProperty[] | undefined;
  readonly items?: Partial<ContractProperty> | undefined;
};

const property: z.ZodType<ContractProperty> = mapping({
  ...propertyFields,
  get properties() {
    return optional(z.array(property, { error: 'must be a list' }));
  },
  get items() {
    return optional(mapping({ ...propertyFields, name: text }));
  },
}) as unknown as z.ZodType<ContractProperty>;

const object = mapping({
  id: text,
  name,
  physicalName: text,
  physicalType: text,
  description: text,
  tags,
  properties: list(property),
  relationships: list(relationship),
  quality,
});
export type ContractObject = z.output<typeof object>;

const member = mapping({ username: text, name: text, role: text, dateOut: text });

const server = mapping({ server: text, type: text });
export type ContractServer = z.output<typeof server>;

const serviceLevel = mapping({ id: text, property: name, unit: text, element: text, description: text });
export type ServiceLevel = z.output<typeof serviceLevel>;

/** A data contract as far as checks on data are concerned; what else stands in it is left alone. */
export const contractSchema = mapping({
  apiVersion: text,
  kind: text,
  id: text,
  name: text,
  version: text,
  status: text,
  domain: text,
  tags,
  servers: list(server),
  schema: list(object),
  team: z.union([list(member), mapping({ name: text, members: list(member) })], { error: 'must be a team' }),
  slaDefaultElement: text,
  slaProperties: list(serviceLevel),
});
export type Contract = z.output<typeof contractSchema>;
