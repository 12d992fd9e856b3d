/** The name that `{table}` has in a guarded query. */
export const scopePlaceholder = 'aegis_scope';
