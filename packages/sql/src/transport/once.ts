/** A task that is begun when it is first needed, and done anew only after it failed. */
export class Once<Result> {
  readonly #task: () => Promise<Result>;
  #begun: Promise<Result> | undefined;

  constructor(task: () => Promise<Result>) {
    this.#task = task;
  }

  get(): Promise<Result> {
    this.#begun ??= this.#task().catch((cause: unknown) => {
      this.#begun = undefined;
      throw cause;
    });
    return this.#begun;
  }

  /** Its result if it has one or is about to; begins nothing. */
  async ifBegun(): Promise<Result | undefined> {
    return this.#begun?.catch(() => undefined);
  }
}
