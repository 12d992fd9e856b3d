import { z } from 'zod';

const optionsShape = z.object({ properties: z.record(z.string(), z.unknown()) });
const optionShape = z.object({
  type: z.string().optional(),
  secret: z.boolean().optional(),
  env: z.string().optional(),
});
type OptionFacts = z.infer<typeof optionShape>;

/** What an adapter's schema says about its options, by name; nothing where the schema is not zod's. */
export const optionFacts = (optionsSchema: unknown): ReadonlyMap<string, OptionFacts> => {
  if (!isZodSchema(optionsSchema)) return new Map();
  const options = optionsShape.safeParse(z.toJSONSchema(optionsSchema, { io: 'input', unrepresentable: 'any' }));
  return new Map(
    Object.entries(options.data?.properties ?? {}).map(([name, option]) => [
      name,
      optionShape.safeParse(option).data ?? {},
    ]),
  );
};

/** Secrets that the adapter will take from the environment by itself. */
export const environmentSecrets = (
  facts: ReadonlyMap<string, OptionFacts>,
  env: { readonly [name: string]: string | undefined },
): readonly string[] =>
  [...facts.values()].flatMap(({ secret, env: name }) => (secret && name !== undefined && env[name]) || []);

/** `KEY=VALUE` knows only texts: reads one as the number or boolean that the adapter's schema asks for. */
export const readOptionText = (text: string, { type }: OptionFacts = {}): string | number | boolean => {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** Told by its mark: the adapter may bring a zod of its own. */
const isZodSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;
