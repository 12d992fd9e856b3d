import { distance } from 'fastest-levenshtein';

/** Published as `@aegis/llm-<name>`; only for suggestions, any other name is looked up the same way. */
export const publishedProviders: ReadonlySet<string> = new Set(['anthropic', 'openai', 'ollama', 'bedrock']);

/** What people call them by the names of their models and makers. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['claude', 'anthropic'],
  ['gpt', 'openai'],
  ['chatgpt', 'openai'],
  ['llama', 'ollama'],
  ['aws', 'bedrock'],
  ['amazon', 'bedrock'],
  ['nova', 'bedrock'],
]);

/** The published provider that a name is most likely a slip of; `undefined` for a published one, or when none is near. */
export const meantProvider = (name: string): string | undefined => {
  const lower = name.toLowerCase();
  if (publishedProviders.has(name)) return undefined;
  return otherNames.get(lower) ?? [...publishedProviders].find((provider) => distance(lower, provider) <= 2);
};
