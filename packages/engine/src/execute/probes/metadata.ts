import { type ProbeHandler, valuesOnly } from './probe-handler.js';

/** What the table's description says: no scan. */
export const metadata: ProbeHandler<'metadata'> = {
  own: async (_probe, { requirements, target: description }) => {
    const names = new Set(description.columns.map(({ name }) => name.toLowerCase()));
    const exists = requirements.columns.every(({ name }) => names.has(name.toLowerCase()));
    const columns = JSON.stringify(description.columns);
    return valuesOnly({ exists, columns, modified_at: description.modifiedAt ?? null });
  },
};
