import { createHmac, randomBytes } from 'node:crypto';

/** What a token stands for, without the value: the HMAC-SHA256 of the value under the salt of the run, in hex. */
export interface TokenFingerprints {
  readonly [token: string]: string;
}

export const tokenPattern = /<([a-z]+):(\d+)>/g;

/** One token per value, however often it is seen and wherever. Values are kept in memory only. */
export class IssuedTokens {
  readonly #salt: string | Uint8Array;
  readonly #tokens = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly #lastNumbers = new Map<string, number>();
  /** Tokens of an earlier process, by fingerprint and the other way round. */
  readonly #importedTokens = new Map<string, string>();
  readonly #importedFingerprints = new Map<string, string>();
  /** Tokens that meant another value in the earlier process. */
  readonly #ambiguous = new Set<string>();

  constructor(salt: string | Uint8Array = randomBytes(32)) {
    this.#salt = salt;
  }

  tokenFor(category: string, value: string): string {
    const known = this.#tokens.get(value);
    if (known !== undefined) return known;
    const token = this.#importedTokenFor(value) ?? this.#next(category);
    this.#tokens.set(value, token);
    this.#values.set(token, value);
    return token;
  }

  /** `undefined` for a token that was never issued here, or whose value was not seen again since it was imported. */
  valueOf(token: string): string | undefined {
    return this.#ambiguous.has(token) ? undefined : this.#values.get(token);
  }

  fingerprints(text: string): TokenFingerprints {
    const found = [...new Set(text.match(tokenPattern))];
    return Object.fromEntries(
      found.flatMap((token) => {
        const fingerprint = this.#fingerprintOf(token);
        return fingerprint === undefined ? [] : [[token, fingerprint]];
      }),
    );
  }

  import(fingerprints: TokenFingerprints): void {
    for (const [token, fingerprint] of Object.entries(fingerprints)) {
      const known = this.#fingerprintOf(token);
      if (known === undefined) this.#importOne(token, fingerprint);
      else if (known !== fingerprint) this.#ambiguous.add(token);
    }
  }

  #importOne(token: string, fingerprint: string): void {
    this.#importedTokens.set(fingerprint, token);
    this.#importedFingerprints.set(token, fingerprint);
    this.#reserve(token);
  }

  #importedTokenFor(value: string): string | undefined {
    return this.#importedTokens.size === 0 ? undefined : this.#importedTokens.get(this.#fingerprint(value));
  }

  #fingerprintOf(token: string): string | undefined {
    const value = this.#values.get(token);
    return value === undefined ? this.#importedFingerprints.get(token) : this.#fingerprint(value);
  }

  #fingerprint(value: string): string {
    return createHmac('sha256', this.#salt).update(value).digest('hex');
  }

  #next(category: string): string {
    const number = (this.#lastNumbers.get(category) ?? 0) + 1;
    this.#lastNumbers.set(category, number);
    return `<${category}:${number}>`;
  }

  /** Numbers of imported tokens are never given to other values. */
  #reserve(token: string): void {
    const [, category, digits] = /^<([a-z]+):(\d+)>$/.exec(token) ?? [];
    if (category === undefined) return;
    this.#lastNumbers.set(category, Math.max(this.#lastNumbers.get(category) ?? 0, Number(digits)));
  }
}
