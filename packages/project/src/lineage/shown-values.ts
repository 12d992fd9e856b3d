import { ConfigError, type Warehouse } from '@aegis/spec';

/** @throws ConfigError `usage` for a warehouse that could be written to */
export const readOnly = (warehouse: Warehouse | undefined, name: string): Warehouse => {
  if (!warehouse) throw new Error(`warehouse ${name} was not opened`);
  if (!warehouse.execute) return warehouse;
  throw new ConfigError(
    'usage',
    `the warehouse "${name}" is opened to be written to, which a model's questions must not be`,
    {
      hint: 'Add --connection access=read_only.',
    },
  );
};

/** What is thrown where redaction lets no values be shown. */
export const noValues = (): ConfigError =>
  new ConfigError('usage', 'redaction.samples is none, so no values may be shown to a model', {
    hint: 'Ask about structure alone: aegis lineage explain.',
  });
