import type { ModelFeature, ModelKit } from './model-kit.js';
import type { Stage } from './stage.js';

/** One sentence that holds for every adapter. */
export interface Law {
  readonly sentence: string;
  /** Without this in the vendor's protocol the law says nothing. */
  readonly needs?: ModelFeature;
  /** Fails by throwing. Every law has a server of its own. */
  check(stage: Stage): Promise<void>;
}

/** Laws about one subject; with it, their sentences read as one. */
export interface LawGroup {
  readonly subject: string;
  readonly laws: readonly Law[];
}

/** Why a law says nothing about an adapter; `undefined` where it does. */
export const reasonToSkip = ({ needs }: Law, { lacks = {} }: ModelKit): string | undefined =>
  needs !== undefined && lacks[needs] !== undefined ? `${needs}: ${lacks[needs]}` : undefined;
