/** A mistake that whoever wrote the workflow can mend; anything else that is thrown is a bug. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}
