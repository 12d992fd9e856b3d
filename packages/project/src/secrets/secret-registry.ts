/** Shorter values would take ordinary words out of messages with them. */
const shortestScrubbed = 4;

/** Secrets that were resolved in this process, and their removal from any text that leaves it. */
export class SecretRegistry {
  readonly #values = new Set<string>();

  /** Remembers a secret, also as it looks inside a URL. Values under four characters are not remembered. */
  add(value: string): void {
    for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      if (form.length >= shortestScrubbed) this.#values.add(form);
    }
  }

  /** The text with every known secret replaced by `***`. */
  scrub(text: string): string {
    const longestFirst = [...this.#values].sort((left, right) => right.length - left.length);
    return longestFirst.reduce((scrubbed, value) => scrubbed.replaceAll(value, '***'), text);
  }
}
