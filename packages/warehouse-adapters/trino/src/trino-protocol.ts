/** The parts of the statement protocol's answers that are read. @see https://trino.io/docs/current/develop/client-protocol.html */
export interface QueryResults {
  readonly id: string;
  /** Where the next page is; absent on the last. */
  readonly nextUri?: string;
  readonly columns?: readonly Column[];
  readonly data?: readonly (readonly WireValue[])[];
  readonly error?: QueryFailure;
  readonly stats?: { readonly physicalInputBytes?: number | string; readonly processedBytes?: number | string };
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly typeSignature: TypeSignature;
}

export interface TypeSignature {
  readonly rawType: string;
  readonly arguments?: readonly TypeArgument[];
}

interface TypeArgument {
  readonly kind: string;
  /** A number, a type, or a field of a row. */
  readonly value: number | TypeSignature | NamedType;
}

export interface NamedType {
  readonly fieldName?: { readonly name: string };
  readonly typeSignature: TypeSignature;
}

export type WireValue = string | number | boolean | null | readonly WireValue[] | { readonly [key: string]: WireValue };

export interface QueryFailure {
  readonly message: string;
  readonly errorName: string;
  readonly errorType: string;
}
