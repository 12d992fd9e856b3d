/** Work that is done once per key, however many rules ask for it. */
export class Once<Value> {
  readonly #known = new Map<string, { readonly ruleIds: string[]; value?: Promise<Value> }>();

  /** Says that a rule will ask for this key. */
  expect(key: string, ruleId: string): void {
    const entry = this.#known.get(key) ?? { ruleIds: [] };
    entry.ruleIds.push(ruleId);
    this.#known.set(key, entry);
  }

  /** Does the work for everyone who was expected, at the first call. */
  do(key: string, work: (ruleIds: readonly string[]) => Promise<Value>): Promise<Value> {
    const entry = this.#known.get(key) ?? { ruleIds: [] };
    this.#known.set(key, entry);
    entry.value ??= work(entry.ruleIds);
    return entry.value;
  }
}
