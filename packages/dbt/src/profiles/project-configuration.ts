import { ConfigError } from '@aegis/spec';
import { Document, parseDocument } from 'yaml';
import type { ProfileWarehouse } from './warehouse-of-profile.js';

/**
 * The text of aegis.yaml with the warehouse of the profile, or `undefined` where it has warehouses already. What else is in
 * it stays, comments included.
 * @throws ConfigError `invalid` for a text that is not YAML
 */
export const withWarehouse = (
  text: string | undefined,
  { name, target, options }: ProfileWarehouse,
): string | undefined => {
  const document = text === undefined || text.trim() === '' ? new Document({}) : parseDocument(text);
  if (document.errors.length > 0)
    throw new ConfigError('invalid', 'aegis.yaml is not valid YAML', { cause: document.errors[0] });
  if (document.has('warehouses')) return undefined;
  if (text === undefined) document.commentBefore = ` From the profile ${name} of dbt, target ${target}.`;
  document.set('warehouses', document.createNode({ [name]: options }));
  if (!document.has('default_warehouse')) document.set('default_warehouse', name);
  return document.toString({ lineWidth: 0 });
};
