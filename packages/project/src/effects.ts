import type { ImportFrom } from './adapters/import-from.js';
import type { SecretRegistry } from './secrets/secret-registry.js';

/** Everything a use case takes from the outside world, so that a test can hand it another one. */
export interface Effects {
  /** Absolute path that relative paths in options start from. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** The wall clock. */
  readonly now: () => Date;
  readonly importFrom: ImportFrom;
  /** Collects every secret that was resolved; scrub what leaves the process with it. */
  readonly secrets: SecretRegistry;
  /** Ends a run early: statements are cancelled in the warehouse and what is known is still reported. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a data file that a rule names may be read: an absolute path, or a URL. Default: every one may. */
  readonly mayRead?: ((path: string) => Promise<boolean>) | undefined;
}
