/** A rule that means exactly what a check of another tool means. */
export interface SameRule {
  readonly kind: 'rule';
  readonly logic: { readonly type: string; readonly [param: string]: unknown };
  /** Rows that it is about, besides those that the other tool's own filter leaves. */
  readonly where?: string | undefined;
  /** Why it is a query. */
  readonly asQuery?: string | undefined;
}

/** Why no rule means what a check of another tool means. */
export interface NoRule {
  readonly kind: 'none';
  readonly reason: string;
  readonly hint?: string | undefined;
}

export const noRule = (reason: string, hint?: string): NoRule => ({
  kind: 'none',
  reason,
  ...(hint !== undefined && { hint }),
});
