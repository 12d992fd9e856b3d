import { AegisError, isAegisError } from '@aegis/spec';

/** Which side of a reconciliation something is asked of, where there are two warehouses. */
export interface NamedSide {
  readonly side: 'target' | 'source';
  readonly warehouse: string;
}

/** An error with the side in front: `table "orders" does not exist` is of little help where it may be either of two. */
export const nameSide = (named: NamedSide | undefined, error: unknown): unknown => {
  if (!named || !isAegisError(error) || isOfNoSide(error.code)) return error;
  const { code, message, hint, location } = error;
  return new AegisError(code, `${named.side} in warehouse "${named.warehouse}": ${message}`, {
    hint,
    location,
    cause: error,
  });
};

/** A run is stopped as a whole, and SQL that the guard refused is quoted with its place. */
const isOfNoSide = (code: string): boolean => code === 'warehouse/cancelled' || code.startsWith('guard/');

/** Work that may throw about one side. */
export const onSide = async <Result>(
  named: NamedSide | undefined,
  work: () => Result | Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw nameSide(named, error);
  }
};
