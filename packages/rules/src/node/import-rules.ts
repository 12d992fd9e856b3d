import { pathToFileURL } from 'node:url';
import { RuleError } from '@aegis/spec';
import { isMapping } from '../load/rule-document.js';

const moduleFile = /\.[cm]?[jt]s$/i;

export const isModule = (file: string): boolean => moduleFile.test(file);

/**
 * The rule documents that a module exports: its `rules` or its default export, one rule, a list of rules, or lists of lists.
 * Node reads `.ts` files without type-checking them. Throws {@link RuleError} when it cannot be imported or exports none.
 */
export const importRules = async (file: string, shown: string): Promise<readonly unknown[]> => {
  const exports = await importModule(file, shown);
  const exported = exports.rules ?? exports.default;
  if (exported === undefined) {
    throw new RuleError('invalid', `${shown} exports no rules`, {
      hint: 'Export them by default, or as `rules`.',
    });
  }
  return documentsOf(exported);
};

const importModule = async (file: string, shown: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new RuleError('syntax', `cannot import ${shown}: ${message}`, { cause });
  }
};

const documentsOf = (exported: unknown): readonly unknown[] => {
  if (Array.isArray(exported)) return exported.flat(Number.POSITIVE_INFINITY);
  return isMapping(exported) && Array.isArray(exported.rules) ? documentsOf(exported.rules) : [exported];
};
