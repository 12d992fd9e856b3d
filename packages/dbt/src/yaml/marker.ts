import { createHash } from 'node:crypto';

/** Says which check a rule was made from, and what the rule was like then. */
export interface Marker {
  readonly source: string;
  /** Of the rule as it was generated: a rule with another hash was edited since. */
  readonly hash: string;
}

const pattern = /^\s*dbt: (\S+) ([0-9a-f]{16})\s*$/;

/** The comment above a generated rule, without its `#`. */
export const markerComment = ({ source, hash }: Marker): string => ` dbt: ${source.replaceAll(/\s/g, '_')} ${hash}`;

/** The marker among the lines of a comment. */
export const readMarker = (comment: string | null | undefined): Marker | undefined => {
  const match = (comment ?? '')
    .split('\n')
    .map((line) => pattern.exec(line))
    .findLast((each) => each !== null);
  const [, source, hash] = match ?? [];
  return source === undefined || hash === undefined ? undefined : { source, hash };
};

/** The comment with another marker; lines that people added stay. */
export const withMarker = (comment: string | null | undefined, marker: Marker): string => {
  const kept =
    comment === null || comment === undefined ? [] : comment.split('\n').filter((line) => !pattern.test(line));
  return [...kept, markerComment(marker)].join('\n');
};

/** Of a rule's content, whatever the order of its keys, its layout and its comments. */
export const contentHash = (rule: unknown): string =>
  createHash('sha256').update(canonical(rule)).digest('hex').slice(0, 16);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
