import { isAegisError } from '@aegis/spec';

/** What `convert` makes, or what is left to say where a name or a value cannot be written in SQL: that ends no import. */
export const ifWritable = <Made>(
  convert: () => Made,
  otherwise: (reason: string, hint: string | undefined) => Made,
): Made => {
  try {
    return convert();
  } catch (error) {
    if (isAegisError(error) && error.code === 'plan/unsupported') return otherwise(error.message, error.hint);
    throw error;
  }
};
