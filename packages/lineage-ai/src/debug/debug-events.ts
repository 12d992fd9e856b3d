import type { JsonValue } from '@aegis/spec';

/** What happens in an inquiry, as it happens. */
export type DebugEvent =
  /** The model is asked; from 1. */
  | { readonly type: 'asked'; readonly iteration: number }
  | { readonly type: 'looking'; readonly id: string; readonly tool: string; readonly arguments: JsonValue }
  | {
      readonly type: 'found';
      readonly id: string;
      readonly tool: string;
      readonly isError: boolean;
      readonly content: string;
    }
  /** The cap is reached: one call more, without tools. */
  | { readonly type: 'concluding' }
  /** Tool calls that the answer cites are made once more. */
  | { readonly type: 'verifying'; readonly ids: readonly string[] };
