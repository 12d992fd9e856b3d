/**
 * Why a tool gives no result. `not_select`: the SQL is not one SELECT of plain tables and functions. `out_of_scope`: it reads a
 * table that the graph does not hold. `not_found`: no dataset, column or tool has this name. `not_live`: the graph knows the
 * table, but the warehouse has it no more, or it is no table. `invalid_arguments`: they do not fit the tool. `failed`: the
 * warehouse could not answer, or would have had to read or take too much.
 */
export type ToolErrorKind = 'not_select' | 'out_of_scope' | 'not_found' | 'not_live' | 'invalid_arguments' | 'failed';

/** A refusal that whoever called the tool can act on. Masked like results. */
export interface ToolError {
  readonly kind: ToolErrorKind;
  /** What is wrong, and what to do instead. */
  readonly message: string;
}

/** Tools never throw for what they were asked. */
export type ToolResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ToolError };

/** Ends a tool from within; never leaves the toolbox. */
export class Refusal extends Error {
  constructor(
    readonly kind: ToolErrorKind,
    message: string,
  ) {
    super(message);
  }
}
