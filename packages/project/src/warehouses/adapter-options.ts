import { z } from 'zod';

const optionsShape = z.object({ properties: z.record(z.string(), z.unknown()) });
const optionShape = z.object({ type: z.string().optional(), secret: z.boolean().optional() });
type OptionFacts = z.infer<typeof optionShape>;

/** What an adapter's schema says about one option; nothing where the schema is not zod's. */
export const optionFacts = (key: string, optionsSchema: unknown): OptionFacts => {
  if (!isZodSchema(optionsSchema)) return {};
  const options = optionsShape.safeParse(z.toJSONSchema(optionsSchema, { io: 'input', unrepresentable: 'any' }));
  return optionShape.safeParse(options.data?.properties[key]).data ?? {};
};

/** `KEY=VALUE` knows only texts: reads one as the number or boolean that the adapter's schema asks for. */
export const readOptionText = (text: string, { type }: OptionFacts): string | number | boolean => {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** Told by its mark: the adapter may bring a zod of its own. */
const isZodSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;
