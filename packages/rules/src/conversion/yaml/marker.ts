import { createHash } from 'node:crypto';

/** Says which check a rule was made from, and what the rule was like then. */
export interface Marker {
  readonly source: string;
  /** Of the rule as it was generated: a rule with another hash was edited since. */
  readonly hash: string;
}

/** Who writes a file of rules, and keeps it up to date. */
export interface GeneratedBy {
  /** A word in front of every marker, e.g. `dbt`. */
  readonly origin: string;
  /** What people call to write the file. */
  readonly command: string;
}

const patternOf = ({ origin }: GeneratedBy): RegExp => new RegExp(`^\\s*${origin}: (\\S+) ([0-9a-f]{16})\\s*$`);

/** A source as a marker names it: one word, of characters that a file of rules may hold. */
export const markerSource = (source: string): string => source.replaceAll(/[\s\p{Cc}]/gu, '_');

/** The comment above a generated rule, without its `#`. */
export const markerComment = ({ source, hash }: Marker, { origin }: GeneratedBy): string =>
  ` ${origin}: ${markerSource(source)} ${hash}`;

/** The marker among the lines of a comment. */
export const readMarker = (comment: string | null | undefined, by: GeneratedBy): Marker | undefined => {
  const pattern = patternOf(by);
  const match = (comment ?? '')
    .split('\n')
    .map((line) => pattern.exec(line))
    .findLast((each) => each !== null);
  const [, source, hash] = match ?? [];
  return source === undefined || hash === undefined ? undefined : { source, hash };
};

/** The comment with another marker; lines that people added stay. */
export const withMarker = (comment: string | null | undefined, marker: Marker, by: GeneratedBy): string => {
  const pattern = patternOf(by);
  const kept =
    comment === null || comment === undefined ? [] : comment.split('\n').filter((line) => !pattern.test(line));
  return [...kept, markerComment(marker, by)].join('\n');
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
